package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.SparkExtension;
import dev.tapetum.UserError;
import dev.tapetum.config.PlanFile;
import dev.tapetum.demo.DemoModel;
import dev.tapetum.sae.Checkpoint;
import dev.tapetum.sae.FeatureExtents;
import dev.tapetum.sae.SaeBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Trainings from a plan to a bundle, stopped and not stopped, in one task and in two. */
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SaeRunTest {

    private static final int STEPS = 200;

    @TempDir
    static Path folder;

    private DemoAudit demo;
    private SaeOutcome whole;

    private static final class Heard extends DemoAudit.Heard implements SaeListener {

        @Override
        public void training(TrainingNews news) {}
    }

    @BeforeAll
    void train(SparkSession spark) throws IOException {
        demo = DemoAudit.render(folder, 30);
        DemoModel.VIT.copyTo(folder.resolve("model"));
        whole = SaeRun.train(spark, plan("whole"), false, new Heard());
    }

    private PlanFile plan(String output, String... options) {
        String training = """
                sae.training={ tap = layer2, output = "%s", objectives = [ { objective = top-k, k = 4, expansion = 2, dead-after = 1000 },
                  { objective = batch-top-k, k = 4, expansion = 2, dead-after = 1000 } ],
                  batch = 64, tokens = %d, warm-up = 5, checkpoint = 20, held-out = 0.3 }""".formatted(folder.resolve(output), 64 * STEPS).replace("\n", " ");
        return demo.plan(
                "sae", Stream.concat(Stream.of(training), Stream.of(options)).toArray(String[]::new));
    }

    private Path bundle(String output, int objective) {
        return folder.resolve(output)
                .resolve(Objects.toString(
                        Path.of(whole.trained().get(objective).path()).getFileName()));
    }

    private void assertSameWeights(String output) throws IOException {
        for (int objective = 0; objective < 2; objective++) {
            assertThat(bundle(output, objective).resolve(SaeBundle.WEIGHTS))
                    .hasSameBinaryContentAs(bundle("whole", objective).resolve(SaeBundle.WEIGHTS));
        }
    }

    @Test
    void theBundleSaysWhatHeldOutImagesSayOfIt() {
        SaeOutcome.Trained trained = whole.trained().get(0);
        SaeBundle bundle = SaeBundle.read(Path.of(trained.path()), "bundle");

        assertThat(whole.listed()).isEqualTo(30).isEqualTo(whole.heldOut() + whole.harvested());
        assertThat(trained.judged()).isEqualTo(whole.heldOut());
        assertThat(trained.labelled()).isEqualTo(trained.judged());
        assertThat(bundle.quality()).isEqualTo(trained.quality());
        assertThat(bundle.objective()).isEqualTo(trained.objective());
        assertThat(bundle.tap()).isEqualTo("layer2");
        assertThat(trained.quality().lossRecovered()).isNotNull();
        assertThat(bundle.load("bundle").features()).isEqualTo(2 * bundle.width());
        FeatureExtents extents = Objects.requireNonNull(bundle.extents("bundle"));
        assertThat(extents.images()).isEqualTo(trained.judged());
        assertThat(Arrays.stream(extents.active()).filter(images -> images == 0).count())
                .isEqualTo(Math.round(trained.quality().deadFraction() * bundle.features()));
        assertThat(IntStream.range(0, bundle.features()))
                .allMatch(j ->
                        extents.active()[j] <= extents.images() && extents.maxima()[j] > 0 == extents.active()[j] > 0);
    }

    /** Stopped by Spark as soon as there is a checkpoint. */
    @Test
    void aKilledTrainingGoesOnToTheSameBytes(SparkSession spark) throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        Future<SaeOutcome> killed = threads.submit(() -> SaeRun.train(spark, plan("killed"), false, new Heard()));
        Path checkpoints = folder.resolve("killed/checkpoints");
        while (!killed.isDone() && checkpoint(checkpoints) == null) {
            Thread.sleep(5);
        }

        spark.sparkContext().cancelAllJobs();
        assertThatThrownBy(killed::get).hasMessageContaining("cancel");
        threads.shutdown();
        Path kept = Objects.requireNonNull(checkpoint(checkpoints));
        assertThat(Checkpoint.read(kept).step()).isBetween(20L, STEPS - 1L);

        SaeRun.train(spark, plan("killed"), true, new Heard());

        assertThat(Checkpoint.read(kept).step()).isEqualTo(STEPS);
        assertSameWeights("killed");
    }

    private static @Nullable Path checkpoint(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return null;
        }

        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Objects.toString(file.getFileName()).matches("[0-9a-f]+\\.safetensors"))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** The same harvest, trained again in two tasks, each with one of the objectives. */
    @Test
    void overHowManyTasksObjectivesAreDealtChangesNothing(SparkSession spark) throws IOException {
        SaeRun.train(spark, plan("tasks", "sae.training.tasks=2"), false, new Heard());

        assertSameWeights("tasks");
    }

    @Test
    void aHarvestIsGoneOnWithUnderTheSamePlanOnly(SparkSession spark) {
        PlanFile other = plan("whole", "sae.training.tokens-per-image=3", "run.seed=8");
        PlanFile nothing = plan("nothing");

        assertThatThrownBy(() -> SaeRun.train(spark, other, true, new Heard()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("another run.seed and another sae.training.tokens-per-image");
        assertThatThrownBy(() -> SaeRun.train(spark, nothing, true, new Heard()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("there is no harvest in")
                .hasMessageContaining("start without --resume");
    }
}
