package dev.tapetum.model.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import dev.tapetum.BenchTable;
import dev.tapetum.sae.BatchTopK;
import dev.tapetum.sae.Initialisation;
import dev.tapetum.sae.JumpRelu;
import dev.tapetum.sae.Matryoshka;
import dev.tapetum.sae.Normalisation;
import dev.tapetum.sae.Objective;
import dev.tapetum.sae.Relu;
import dev.tapetum.sae.TopK;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.spec.SplitMix64;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tokens per second of training, with {@code -Dbench.batch} tokens of {@code -Dbench.width} values a step, for the objectives of
 * {@code -Dbench.objectives}; with {@code -Dbench.python}, a Python that has PyTorch, also of the plain loop there, in turns and on as
 * many threads.
 */
@Tag("bench")
class SaeTrainingBench {

    private static final int REPETITIONS = Integer.getInteger("bench.repetitions", 3);
    private static final int STEPS = Integer.getInteger("bench.steps", 2);
    private static final int BATCH = Integer.getInteger("bench.batch", 4096);
    private static final int WIDTH = Integer.getInteger("bench.width", 384);
    private static final int EXPANSION = 16;
    private static final List<String> WANTED = Arrays.asList(
            System.getProperty("bench.objectives", "top-k,batch-top-k,relu").split(","));
    private static final @Nullable String PYTHON = System.getProperty("bench.python");

    static Stream<Objective> objectives() {
        List<Objective> all = List.of(
                new TopK(32, 1 / 32.0, 10_000_000, EXPANSION),
                new BatchTopK(32, 1 / 32.0, 10_000_000, EXPANSION),
                new Relu(4e-4, EXPANSION),
                new Matryoshka(4e-4, List.of(1 / 32.0, 1 / 16.0, 1 / 8.0, 1 / 4.0), EXPANSION),
                new JumpRelu(32, 1e-3, 1, EXPANSION));
        return all.stream().filter(objective -> WANTED.contains(CanonicalText.name((Record) objective)));
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void stepsAgainstAutogradInPython(Objective objective) throws IOException, InterruptedException {
        float[] tokens = new float[BATCH * WIDTH];
        SplitMix64 random = new SplitMix64(1);
        for (int at = 0; at < tokens.length; at++) {
            tokens[at] = (float) random.nextNormal();
        }

        Engine.getEngine("PyTorch");
        int threads = JniUtils.getNumThreads();
        String name = CanonicalText.name((Record) objective);
        double[] learnt = new double[REPETITIONS];
        double[] python = new double[REPETITIONS];
        try (DjlLearner learner =
                new DjlLearner(objective, Initialisation.of(objective, Normalisation.none(WIDTH), tokens, 1), 1, -1)) {
            learner.step(tokens, 4e-4, 1);
            for (int i = 0; i < REPETITIONS; i++) {
                learnt[i] = EngineBench.rate(STEPS * BATCH, () -> {
                    for (int step = 0; step < STEPS; step++) {
                        learner.step(tokens, 4e-4, 1);
                    }
                });
                if (PYTHON != null) {
                    python[i] = byPython(PYTHON, name, threads);
                }
            }
        }

        String what = "training of " + name + ", " + WIDTH + " x " + EXPANSION + ", batch " + BATCH + ", " + threads
                + (threads == 1 ? " thread" : " threads");
        if (PYTHON == null) {
            BenchTable.note(what, "%.0f tokens/s".formatted(BenchTable.median(learnt)));
        } else {
            BenchTable.compare(
                    what, "tokens/s", "learner", BenchTable.median(learnt), "plain PyTorch", BenchTable.median(python));
        }
    }

    private static double byPython(String python, String objective, int threads)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        python,
                        "src/test/python/plain_sae_training.py",
                        objective,
                        "--width=" + WIDTH,
                        "--expansion=" + EXPANSION,
                        "--batch=" + BATCH,
                        "--steps=" + STEPS,
                        "--threads=" + threads)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("exit code of " + python).isZero();
        return Double.parseDouble(printed.strip());
    }
}
