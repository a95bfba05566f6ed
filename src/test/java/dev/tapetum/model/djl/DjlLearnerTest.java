package dev.tapetum.model.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tapetum.sae.BatchTopK;
import dev.tapetum.sae.Initialisation;
import dev.tapetum.sae.JumpRelu;
import dev.tapetum.sae.LearnerState;
import dev.tapetum.sae.Losses;
import dev.tapetum.sae.Matryoshka;
import dev.tapetum.sae.Normalisation;
import dev.tapetum.sae.Objective;
import dev.tapetum.sae.Relu;
import dev.tapetum.sae.SaeMetrics;
import dev.tapetum.sae.SparseAutoencoder;
import dev.tapetum.sae.SparseCode;
import dev.tapetum.sae.Tensor;
import dev.tapetum.sae.TopK;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.spec.SplitMix64;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Training steps against PyTorch's autograd, in the fixture of {@code make_sae_fixtures.py}, and the laws that steps obey. */
class DjlLearnerTest {

    private static final int WIDTH = 6;
    private static final int FEATURES = 24;
    private static final double CLIP = 1;
    private static final double LEARNING_RATE = 0.01;
    private static final double WARMTH = 0.5;

    /** Both sides sum some hundred single-precision products of the order of one, in different orders. */
    private static final double TOLERANCE = 1e-5;

    /** So small that every loop over a batch goes round several times, with a shorter last round. */
    private static final TokenChunks SMALL_CHUNKS = new TokenChunks(5, 7);

    private static final TokenChunks ONE_CHUNK = new TokenChunks(1000, 1000);

    private static JsonNode fixture;
    private static float[] tokens;

    @BeforeAll
    static void fixtureIsRead() throws IOException {
        try (InputStream file = DjlLearnerTest.class.getResourceAsStream("/fixtures/sae/training_steps.json")) {
            fixture = new ObjectMapper().readTree(Objects.requireNonNull(file));
        }

        tokens = floats(fixture.get("tokens"));
    }

    /** With the parameters that the script has. */
    static Stream<Objective> objectives() {
        return Stream.of(
                new Relu(0.02, 4),
                new TopK(3, 0.5, 33, 4),
                new BatchTopK(3, 0.5, 33, 4),
                new Matryoshka(0.02, List.of(0.125, 0.25), 4),
                new JumpRelu(4, 0.4, 0.7, 4));
    }

    static Stream<Arguments> objectivesInChunks() {
        return objectives()
                .flatMap(objective ->
                        Stream.of(Arguments.of(objective, ONE_CHUNK), Arguments.of(objective, SMALL_CHUNKS)));
    }

    private static float[] floats(JsonNode list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) list.get(i).asDouble();
        }

        return values;
    }

    /** As the script starts. */
    private static DjlLearner learner(Objective objective, TokenChunks chunks) {
        JsonNode start = fixture.get(CanonicalText.name((Record) objective)).get("start");
        float[] byLatent = floats(start.get("encoder"));
        float[] encoder = new float[byLatent.length];
        for (int at = 0; at < encoder.length; at++) {
            encoder[at % WIDTH * FEATURES + at / WIDTH] = byLatent[at];
        }

        float[] thresholds = objective instanceof JumpRelu
                ? floats(start.get("thresholds"))
                : new float[objective instanceof BatchTopK ? FEATURES : 0];
        SparseAutoencoder autoencoder = new SparseAutoencoder(
                Normalisation.none(WIDTH),
                objective.activation(),
                encoder,
                floats(start.get("encoder_bias")),
                floats(start.get("decoder")),
                floats(start.get("decoder_bias")),
                thresholds);
        return new DjlLearner(objective, autoencoder, CLIP, -1, chunks);
    }

    /** The gradients of the third step are those with dead latents: Adam's steps alone would not tell how long they are. */
    @ParameterizedTest
    @MethodSource("objectivesInChunks")
    void theDerivedGradientsAreThoseOfAutograd(Objective objective, TokenChunks chunks) {
        JsonNode expected = fixture.get(CanonicalText.name((Record) objective));
        try (DjlLearner learner = learner(objective, chunks)) {
            assertGradients(learner, expected.get("gradients"));
            learner.step(tokens, LEARNING_RATE, WARMTH);
            learner.step(tokens, LEARNING_RATE, WARMTH);
            assertGradients(learner, expected.get("last_gradients"));
        }
    }

    private static void assertGradients(DjlLearner learner, JsonNode expected) {
        Map<String, float[]> gradients = learner.gradients(tokens, WARMTH);
        assertThat(gradients).hasSize(expected.size());
        gradients.forEach((name, values) -> assertThat(values)
                .as(name)
                .containsExactly(floats(expected.get(name)), Offset.offset((float) TOLERANCE)));
    }

    @ParameterizedTest
    @MethodSource("objectivesInChunks")
    void threeStepsAreThoseOfPyTorch(Objective objective, TokenChunks chunks) {
        JsonNode expected = fixture.get(CanonicalText.name((Record) objective));
        try (DjlLearner learner = learner(objective, chunks)) {
            Losses losses = null;
            for (JsonNode step : expected.get("losses")) {
                losses = learner.step(tokens, LEARNING_RATE, WARMTH);
                assertThat(losses.total()).isCloseTo(step.get(0).asDouble(), Offset.offset(TOLERANCE));
                assertThat(losses.penalty() + losses.auxiliary())
                        .isCloseTo(step.get(1).asDouble(), Offset.offset(TOLERANCE));
            }

            assertThat(Objects.requireNonNull(losses).dead())
                    .isEqualTo(expected.get("dead").asInt());
            Map<String, Tensor> end = learner.state().tensors();
            expected.get("end")
                    .properties()
                    .forEach(weight -> assertThat(((Tensor.Floats) end.get(weight.getKey())).values())
                            .as(weight.getKey())
                            .containsExactly(floats(weight.getValue()), Offset.offset((float) TOLERANCE)));
        }
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void everyDirectionKeepsTheLengthOne(Objective objective) {
        try (DjlLearner learner = learner(objective, ONE_CHUNK)) {
            for (int step = 0; step < 20; step++) {
                learner.step(tokens, LEARNING_RATE, 1);
            }

            float[] decoder = learner.autoencoder().decoder();
            for (int j = 0; j < FEATURES; j++) {
                double square = 0;
                for (int i = 0; i < WIDTH; i++) {
                    square += (double) decoder[j * WIDTH + i] * decoder[j * WIDTH + i];
                }

                assertThat(Math.sqrt(square)).isCloseTo(1, Offset.offset(1e-5));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void whatIsLearntInPlainJavaReconstructsAsTheLearnerSays(Objective objective) {
        try (DjlLearner learner = learner(objective, ONE_CHUNK)) {
            SparseAutoencoder before = learner.autoencoder();
            Losses losses = learner.step(tokens, LEARNING_RATE, 1);
            if (objective instanceof BatchTopK || objective instanceof Matryoshka) {
                // The one selects by batch and not by token, the other reports the mean over its prefixes.
                return;
            }

            SaeMetrics metrics = SaeMetrics.of(before, tokens);
            assertThat(metrics.squaredError() / tokens.length).isCloseTo(losses.mse(), Offset.offset(TOLERANCE));
            assertThat(metrics.quality().l0()).isEqualTo(losses.l0());
        }
    }

    @Test
    void theWholeBatchSharesItsActiveLatents() {
        try (DjlLearner learner = learner(new BatchTopK(3, 0, 100, 4), ONE_CHUNK)) {
            assertThat(learner.step(tokens, LEARNING_RATE, 1).l0()).isEqualTo(3);
        }
    }

    /** With a running mean over one batch, the threshold is what the batch's cut was: the token code has k B active latents too. */
    @Test
    void aTrainedBatchTopKCutsAtTheRunningMeanOfTheSmallestActivation() {
        try (DjlLearner learner = learner(new BatchTopK(3, 0, 100, 4), ONE_CHUNK)) {
            SparseAutoencoder before = learner.autoencoder();
            learner.step(tokens, LEARNING_RATE, 1);
            float cut = learner.autoencoder().thresholds()[0];
            int above = 0;
            for (int row = 0; row < tokens.length; row += WIDTH) {
                SparseCode code = before.encode(Arrays.copyOfRange(tokens, row, row + WIDTH));
                for (float value : code.values()) {
                    above += value >= cut - 1e-6f ? 1 : 0;
                }
            }

            assertThat(above).isEqualTo(3 * tokens.length / WIDTH);
        }
    }

    @Test
    void theBoundOfTheLastBatchDoesNotChangeTheNextOnesSelection() {
        float[] weaker = tokens.clone();
        for (int at = 0; at < weaker.length; at++) {
            weaker[at] *= 0.1f;
        }

        // After the first batch the bound lies above everything that the weaker one has.
        try (DjlLearner knowing = learner(new BatchTopK(3, 0, 100, 4), SMALL_CHUNKS);
                DjlLearner fresh = learner(new BatchTopK(3, 0, 100, 4), SMALL_CHUNKS)) {
            knowing.gradients(tokens, 1);
            Map<String, float[]> expected = fresh.gradients(weaker, 1);
            knowing.gradients(weaker, 1)
                    .forEach((name, values) -> assertThat(values).as(name).isEqualTo(expected.get(name)));
        }
    }

    @Test
    void withoutWarmthThereIsNoPenaltyInLossAndGradient() {
        try (DjlLearner dear = learner(new Relu(100, 4), ONE_CHUNK);
                DjlLearner free = learner(new Relu(0, 4), ONE_CHUNK)) {
            Map<String, float[]> expected = free.gradients(tokens, 1);
            dear.gradients(tokens, 0)
                    .forEach((name, values) -> assertThat(values).as(name).isEqualTo(expected.get(name)));
            assertThat(dear.gradients(tokens, 1).get(SaeWeights.ENCODER))
                    .isNotEqualTo(expected.get(SaeWeights.ENCODER));
            assertThat(dear.step(tokens, LEARNING_RATE, 0).penalty()).isZero();
        }
    }

    @Test
    void aStateOfAnotherAutoencoderIsRefused() {
        Objective wider = new Relu(0, 5);
        SparseAutoencoder start = Initialisation.of(wider, Normalisation.none(WIDTH), tokens, 1);
        try (DjlLearner learner = learner(new Relu(0, 4), ONE_CHUNK);
                DjlLearner other = new DjlLearner(wider, start, CLIP, -1)) {
            LearnerState state = other.state();
            assertThatThrownBy(() -> learner.restore(state))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("another autoencoder");
        }
    }

    /** A step's tensors are all given back: what a hundred steps leave behind would otherwise grow by megabytes. */
    @Test
    void noTensorOutlivesItsStep() {
        SplitMix64 random = new SplitMix64(3);
        float[] batch = new float[64 * WIDTH];
        for (int at = 0; at < batch.length; at++) {
            batch[at] = (float) random.nextNormal();
        }

        objectives().forEach(objective -> {
            try (DjlLearner learner = learner(objective, SMALL_CHUNKS)) {
                learner.step(batch, LEARNING_RATE, 1);
                int held = learner.tensors();
                learner.step(batch, LEARNING_RATE, 1);
                learner.step(batch, LEARNING_RATE, 1);
                assertThat(learner.tensors())
                        .as(CanonicalText.of((Record) objective))
                        .isEqualTo(held);
            }
        });
    }
}
