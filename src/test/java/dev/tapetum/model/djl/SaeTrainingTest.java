package dev.tapetum.model.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.UserError;
import dev.tapetum.sae.BatchTopK;
import dev.tapetum.sae.Checkpoint;
import dev.tapetum.sae.Initialisation;
import dev.tapetum.sae.JumpRelu;
import dev.tapetum.sae.Losses;
import dev.tapetum.sae.Matryoshka;
import dev.tapetum.sae.Normalisation;
import dev.tapetum.sae.Objective;
import dev.tapetum.sae.Quality;
import dev.tapetum.sae.Relu;
import dev.tapetum.sae.SaeMetrics;
import dev.tapetum.sae.SparseAutoencoder;
import dev.tapetum.sae.Tensor;
import dev.tapetum.sae.TopK;
import dev.tapetum.sae.Trainer;
import dev.tapetum.sae.TrainingSettings;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.spec.SplitMix64;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole trainings on tokens whose directions are known. */
class SaeTrainingTest {

    private static final int BATCH = 256;
    private static final PlantedDictionary PLANTED = PlantedDictionary.drawn(11);
    private static final Normalisation NORMALISATION =
            Normalisation.of(PLANTED.tokens(4096, new SplitMix64(5)), PlantedDictionary.WIDTH);
    private static final float[] SAMPLE = NORMALISATION.apply(PLANTED.tokens(1024, new SplitMix64(6)));

    @TempDir
    Path folder;

    private static Iterator<float[]> batches(long skipped) {
        Iterator<float[]> tokens = PLANTED.batches(BATCH, 7, skipped);
        return Stream.generate(tokens::next).map(NORMALISATION::apply).iterator();
    }

    private static TrainingSettings settings(int steps) {
        return new TrainingSettings(BATCH, (long) steps * BATCH, 3e-3, steps / 10, 1, 1);
    }

    private static List<DjlLearner> learners(List<Objective> objectives, TrainingSettings settings) {
        return objectives.stream()
                .map(objective -> new DjlLearner(
                        objective,
                        Initialisation.of(objective, NORMALISATION, SAMPLE, settings.seed()),
                        settings.clip(),
                        -1))
                .toList();
    }

    private static void close(List<DjlLearner> learners) {
        learners.forEach(DjlLearner::close);
    }

    /** For tokens with four active directions; the revived are those that were silent for five batches. */
    private static final TopK TOP_K = new TopK(4, 0.2, 5 * BATCH, 2);

    private static final BatchTopK BATCH_TOP_K = new BatchTopK(4, 0.2, 5 * BATCH, 2);
    private static final Relu RELU = new Relu(0.04, 2);
    private static final Matryoshka MATRYOSHKA = new Matryoshka(0.02, List.of(0.25, 0.25), 2);
    private static final JumpRelu JUMP_RELU = new JumpRelu(4, 0.1, 1, 2);
    /** So many latents for one active one that some are silent for long. */
    private static final List<Objective> MOSTLY_SILENT =
            List.of(new TopK(1, 0.2, 5 * BATCH, 8), new BatchTopK(1, 0.2, 5 * BATCH, 8));

    private static final List<Objective> ALL = Stream.concat(
                    Stream.of(TOP_K, BATCH_TOP_K, RELU, MATRYOSHKA, JUMP_RELU), MOSTLY_SILENT.stream())
            .toList();

    /** The threshold is that of what has been learnt last, and not of the first weights. */
    @Test
    void afterAShortTrainingATokenAloneHasAsManyActiveLatentsAsInABatch() {
        TrainingSettings settings = settings(400);
        List<DjlLearner> learners = learners(List.of(BATCH_TOP_K), settings);
        new Trainer(settings, learners).train(batches(0), progress -> {});
        float[] fresh = PLANTED.tokens(2000, new SplitMix64(8));
        assertThat(SaeMetrics.of(learners.get(0).autoencoder(), fresh).quality().l0())
                .isCloseTo(4, Offset.offset(0.2));
    }

    /** Of 64 latents for 64 directions at most three may be dead. */
    @Test
    void plantedDirectionsAreFoundAndFewLatentsDie() {
        TrainingSettings settings = settings(2000);
        List<DjlLearner> learners = learners(List.of(TOP_K, BATCH_TOP_K, new Relu(0.02, 2), RELU), settings);
        new Trainer(settings, learners).train(batches(0), progress -> {});
        float[] fresh = PLANTED.tokens(2000, new SplitMix64(8));
        double bestRelu = 0;
        for (DjlLearner learner : learners) {
            SparseAutoencoder learnt = learner.autoencoder();
            double cosine = PLANTED.meanMaxCosine(learnt.decoder());
            if (learner.objective() instanceof Relu) {
                bestRelu = Math.max(bestRelu, cosine);
            } else {
                String text = CanonicalText.of((Record) learner.objective());
                Quality quality = SaeMetrics.of(learnt, fresh).quality();
                assertThat(cosine).as(text).isGreaterThan(0.9);
                assertThat(quality.deadFraction()).as(text).isLessThanOrEqualTo(0.05);
                assertThat(quality.l0()).as(text).isCloseTo(4, Offset.offset(0.2));
                assertThat(quality.normalisedMse()).as(text).isLessThan(0.2);
            }
        }

        assertThat(bestRelu).isGreaterThan(0.8);
        close(learners);
    }

    @Test
    void goingOnFromACheckpointGivesTheSameFloatsAsNotStopping() {
        TrainingSettings settings = settings(40);
        List<DjlLearner> whole = learners(ALL, settings);
        Trainer trainer = new Trainer(settings, whole);
        trainer.train(batches(0), progress -> {});

        Path file = folder.resolve("checkpoint.safetensors");
        List<DjlLearner> stopped = learners(ALL, settings);
        Trainer first = new Trainer(settings, stopped);
        Iterator<float[]> some = batches(0);
        first.train(Stream.generate(some::next).limit(17).iterator(), progress -> {});
        first.checkpoint().write(file);
        close(stopped);

        List<DjlLearner> resumed = learners(ALL, settings);
        Trainer second = new Trainer(settings, resumed);
        second.restore(Checkpoint.read(file));
        assertThat(second.step()).isEqualTo(17);
        second.train(batches(second.step()), progress -> {});

        assertEqual(second.checkpoint(), trainer.checkpoint());
        close(whole);
        close(resumed);
    }

    @Test
    void learnersDoNotFeelEachOther() {
        TrainingSettings settings = settings(20);
        List<DjlLearner> together = learners(List.of(TOP_K, RELU), settings);
        Trainer both = new Trainer(settings, together);
        both.train(batches(0), progress -> {});
        List<DjlLearner> alone = learners(List.of(RELU), settings);
        Trainer one = new Trainer(settings, alone);
        one.train(batches(0), progress -> {});
        assertEqual(new Checkpoint(20, both.checkpoint().states().subList(1, 2)), one.checkpoint());
        close(together);
        close(alone);
    }

    private static void assertEqual(Checkpoint actual, Checkpoint expected) {
        assertThat(actual.step()).isEqualTo(expected.step());
        for (int i = 0; i < expected.states().size(); i++) {
            SortedMap<String, Tensor> tensors = actual.states().get(i).tensors();
            expected.states().get(i).tensors().forEach((name, tensor) -> {
                if (tensor instanceof Tensor.Floats floats) {
                    assertThat(((Tensor.Floats) tensors.get(name)).values())
                            .as(name)
                            .isEqualTo(floats.values());
                } else {
                    assertThat(((Tensor.Longs) tensors.get(name)).values())
                            .as(name)
                            .isEqualTo(((Tensor.Longs) tensor).values());
                }
            });
        }
    }

    /** The mean sum of a token's activations before the first step is known, so the first step's penalty is a tenth of λ times it. */
    @Test
    void theWarmUpReachesTheLoss() {
        TrainingSettings settings = settings(100);
        List<DjlLearner> learners = learners(List.of(RELU), settings);
        SparseAutoencoder start = learners.get(0).autoencoder();
        Iterator<float[]> raw = PLANTED.batches(BATCH, 7, 0);
        float[] tokens = raw.next();
        double sum = 0;
        for (int row = 0; row < tokens.length; row += PlantedDictionary.WIDTH) {
            float[] token = Arrays.copyOfRange(tokens, row, row + PlantedDictionary.WIDTH);
            for (float value : start.encode(token).values()) {
                sum += value;
            }
        }

        List<Losses> losses = new ArrayList<>();
        new Trainer(settings, learners)
                .train(batches(0), progress -> losses.add(progress.losses().get(0)));
        assertThat(losses).hasSize(100);
        assertThat(losses.get(0).penalty()).isCloseTo(0.04 / 10 * sum / BATCH, Offset.offset(1e-5));
        assertThat(losses.get(0).total())
                .isCloseTo(losses.get(0).mse() + losses.get(0).penalty(), Offset.offset(1e-12));
        // From the tenth step on all of it counts: five times what the second step's two tenths were, but for what was
        // learnt.
        assertThat(losses.get(9).penalty() / losses.get(1).penalty()).isBetween(4.0, 5.5);
        close(learners);
    }

    /** Adam's first step moves every weight by the learning rate, whatever the gradient. */
    @Test
    void theWarmUpReachesTheLearningRate() {
        TrainingSettings settings = settings(100);
        List<DjlLearner> learners = learners(List.of(RELU), settings);
        float[] before = learners.get(0).autoencoder().encoder();
        Iterator<float[]> one = Stream.of(batches(0).next()).iterator();
        new Trainer(settings, learners).train(one, progress -> {});
        float[] after = learners.get(0).autoencoder().encoder();
        float largest = 0;
        for (int at = 0; at < before.length; at++) {
            largest = Math.max(largest, Math.abs(after[at] - before[at]));
        }

        assertThat(largest).isCloseTo(3e-3f / 10, Offset.offset(1e-6f));
        close(learners);
    }

    @Test
    void theListenerIsToldOfEveryStep() {
        TrainingSettings settings = settings(10);
        List<DjlLearner> learners = learners(List.of(TOP_K, RELU), settings);
        List<Trainer.Progress> told = new ArrayList<>();
        new Trainer(settings, learners).train(batches(0), told::add);
        assertThat(told).hasSize(10);
        assertThat(told.get(3).step()).isEqualTo(4);
        assertThat(told.get(3).steps()).isEqualTo(10);
        assertThat(told.get(3).losses()).hasSize(2);
        assertThat(told.get(3).tokensPerSecond()).isPositive();
        close(learners);
    }

    @Test
    void aLossThatIsNoNumberIsTheUsersToMend() {
        TrainingSettings settings = settings(10);
        List<DjlLearner> learners = learners(List.of(RELU), settings);
        float[] huge = new float[BATCH * PlantedDictionary.WIDTH];
        Arrays.fill(huge, 1e30f);
        assertThatThrownBy(() ->
                        new Trainer(settings, learners).train(Stream.of(huge).iterator(), progress -> {}))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        "The autoencoder relu(penalty=0.04,expansion=2) has lost its way in step 1, its loss is no number"
                                + " any more; set a smaller learning-rate or a smaller penalty");
        close(learners);
    }
}
