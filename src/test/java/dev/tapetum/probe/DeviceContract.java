package dev.tapetum.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.image.ColourMap;
import dev.tapetum.image.PixelEdit;
import dev.tapetum.image.PlanarImage;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.Painter;
import dev.tapetum.model.Rule;
import dev.tapetum.model.RuledModel;
import dev.tapetum.model.Tap;
import dev.tapetum.model.Toys;
import dev.tapetum.model.TwoLayerReluModel;
import dev.tapetum.probe.Contribution.Transform;
import dev.tapetum.probe.Device.HeldImage;
import dev.tapetum.probe.Device.Reply;
import dev.tapetum.probe.Device.Request;
import dev.tapetum.sae.Activation;
import dev.tapetum.sae.Normalisation;
import dev.tapetum.sae.SaeEncoder;
import dev.tapetum.sae.SparseAutoencoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every device must answer, held to {@link Stimulus#render} and the toy models: written out here, one request at a
 * time, in doubles.
 */
public abstract class DeviceContract {

    /** Values are of size one, made of some hundred float32 operations of rounding 6e-8 each. */
    private static final Offset<Double> TOLERANCE = Offset.offset(2e-5);

    /** Activations of size one, of tokens whose rounding is divided by the scale of 0.6. */
    private static final Offset<Double> FEATURES = Offset.offset(1e-5);

    private static final InputSpec INPUT = Toys.INPUT;
    private static final Stimulus BLACK = new Stimulus.Solid(INPUT.level(0));
    private static final Stimulus NOISE = new Stimulus.UniformNoise(11);
    private static final Stimulus NOISY = new Stimulus.Noisy(Stimulus.ORIGINAL, 0.3, 5);
    private static final Stimulus BLURRED = new Stimulus.Blurred(Stimulus.ORIGINAL, 0.8);
    private static final Stimulus BLEND = new Stimulus.Blend(BLACK, Stimulus.ORIGINAL, 0.37);
    private static final Stimulus MASKED = new Stimulus.Masked(Stimulus.ORIGINAL, BLACK, new Rectangle(1, 2, 2, 2));
    /** Mixes channels, and cuts off at both ends. */
    private static final ColourMap COLOURS =
            new ColourMap(List.of(1.5, -0.25, 0.1, 0.0, 2.0, -0.5, 0.3, 0.3, 0.3), List.of(-0.1, 0.2, 0.0));

    private static final Difference FROM_BLACK = new Difference(Stimulus.ORIGINAL, BLACK);
    private static final Difference FROM_NOISE = new Difference(NOISY, NOISE);

    private final TwoLayerReluModel toy = Toys.relu();
    private final float[][] pixels = {Toys.image(1), Toys.image(2), Toys.image(3)};
    private final List<HeldImage> images = new ArrayList<>();
    private Device device = new HostDevice(toy);

    /** The device under test, on {@link Toys#relu()} or {@link Toys#tokens()}. */
    protected abstract Device open(TwoLayerReluModel model);

    @BeforeEach
    void holdImages() {
        device = open(toy);
        for (float[] image : pixels) {
            images.add(device.hold(image));
        }
    }

    @AfterEach
    void closeDevice() {
        images.forEach(HeldImage::close);
        device.close();
    }

    static Stream<Stimulus> stimuli() {
        return Stream.of(
                Stimulus.ORIGINAL,
                BLACK,
                NOISE,
                NOISY,
                BLURRED,
                BLEND,
                MASKED,
                new Stimulus.Masked(
                        BLACK, NOISY, PixelRanking.random(INPUT.pixels(), 5, 2).first(3)),
                new Stimulus.Masked(NOISY, BLACK, new CoarseMask(3, 0.5, 4)),
                new Stimulus.Jittered(Stimulus.ORIGINAL, Stimulus.Jittered.Shape.SIGN, 0.1, 4),
                new Stimulus.Blend(NOISY, MASKED, 0.75),
                new Stimulus.Noisy(BLEND, 0.1, 6),
                new Stimulus.Masked(BLEND, NOISY, new Rectangle(0, 0, 3, 1)),
                new Stimulus.Masked(MASKED, BLURRED, new Rectangle(3, 3, 1, 1)),
                new Stimulus.Blurred(MASKED, 1.3),
                new Stimulus.Blurred(Stimulus.ORIGINAL, 50),
                new Stimulus.Farthest(NOISY),
                new Stimulus.Pixels(Toys.image(17)),
                new Stimulus.Blend(new Stimulus.UniformNoise(12), new Stimulus.Pixels(Toys.image(18)), 0.4),
                new Stimulus.Blend(new Stimulus.Blend(BLACK, NOISE, 0.5), new Stimulus.Noisy(MASKED, 0.2, 7), 0.25),
                new Stimulus.Noisy(NOISY, 0.2, 8),
                new Stimulus.Noisy(Stimulus.ORIGINAL, 0, 9),
                new Stimulus.Recoloured(NOISY, COLOURS),
                new Stimulus.Recoloured(
                        new Stimulus.Masked(Stimulus.ORIGINAL, BLACK, new Rectangle(0, 1, 2, 3)), COLOURS),
                new Stimulus.Edited(MASKED, new Mirrored()),
                new Stimulus.Painted(NOISY, new Fader(), "fade", 0.25, 0, 1, 3),
                new Stimulus.Painted(BLEND, new Fader(), "fade", 0.75, 0, 1, 3));
    }

    /** Left and right exchanged. */
    private record Mirrored() implements PixelEdit {

        @Override
        public PlanarImage apply(PlanarImage image) {
            float[] values = new float[image.values().length];
            for (int i = 0; i < values.length; i++) {
                int column = i % image.width();
                values[i] = Math.max(0, Math.min(1, image.values()[i - column + image.width() - 1 - column]));
            }

            return image.with(values);
        }
    }

    /** Fades to the middle grey by the guidance; and paints all that it is asked for at once. */
    private record Fader() implements Painter {

        @Override
        public List<PlanarImage> paint(List<Commission> commissions) {
            return commissions.stream()
                    .map(commission -> {
                        float[] values = commission.image().values().clone();
                        for (int i = 0; i < values.length; i++) {
                            values[i] += (float) commission.textGuidance() * (0.5f - values[i]);
                        }

                        return commission.image().with(values);
                    })
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("stimuli")
    void showsWhatAStimulusLooksLike(Stimulus stimulus) {
        List<Reply> replies = device.answer(List.of(
                new Request(images.get(0), new Probe(stimulus, Ask.PIXELS), List.of(), List.of()),
                new Request(images.get(1), new Probe(stimulus, Ask.PIXELS), List.of(), List.of())));

        for (int i = 0; i < 2; i++) {
            assertClose(replies.get(i).pixels(), toDoubles(stimulus.render(pixels[i], INPUT)));
            assertThat(replies.get(i).logits()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("stimuli")
    void answersLogitsOfAStimulus(Stimulus stimulus) {
        List<Reply> replies = device.answer(List.of(logits(0, stimulus), logits(1, stimulus)));

        assertClose(replies.get(0).logits(), expectedLogits(0, stimulus));
        assertClose(replies.get(1).logits(), expectedLogits(1, stimulus));
    }

    @Test
    void answersStimuliOfAllKindsAndImagesInOneBatch() {
        List<Stimulus> stimuli = stimuli().toList();
        List<Request> batch = new ArrayList<>();
        for (int i = 0; i < 2 * stimuli.size(); i++) {
            batch.add(logits(i % 3, stimuli.get(i * 7 % stimuli.size())));
        }

        List<Reply> replies = device.answer(batch);

        assertThat(replies).hasSameSizeAs(batch);
        for (int i = 0; i < replies.size(); i++) {
            assertClose(replies.get(i).logits(), expectedLogits(i % 3, stimuli.get(i * 7 % stimuli.size())));
        }
    }

    /** More pictures than a device would keep, all in one batch and then all again. */
    @Test
    void answersManyStimuliThatAreDrawnOnTheirOwn() {
        List<Stimulus> stimuli = new ArrayList<>();
        for (int seed = 0; seed < 40; seed++) {
            stimuli.add(
                    new Stimulus.Blend(new Stimulus.UniformNoise(seed), new Stimulus.Pixels(Toys.image(seed)), 0.25));
        }

        List<Request> batch =
                stimuli.stream().map(stimulus -> logits(1, stimulus)).toList();
        for (int round = 0; round < 2; round++) {
            List<Reply> replies = device.answer(batch);
            for (int i = 0; i < stimuli.size(); i++) {
                assertClose(replies.get(i).logits(), expectedLogits(1, stimuli.get(i)));
            }
        }
    }

    @Test
    void answersGradientsOfDifferentTargetsInOneBatch() {
        List<Stimulus> stimuli = stimuli().toList();
        List<Request> batch = new ArrayList<>();
        for (int i = 0; i < stimuli.size(); i++) {
            batch.add(gradient(i % 3, stimuli.get(i), i % 3, List.of(), List.of(Contribution.of(i, 1))));
        }

        List<Reply> replies = device.answer(batch);

        for (int i = 0; i < batch.size(); i++) {
            assertClose(replies.get(i).logits(), expectedLogits(i % 3, stimuli.get(i)));
            assertClose(device.fetch(images.get(i % 3), Fetch.slot(i)), expectedGradient(i % 3, stimuli.get(i), i % 3));
        }
    }

    @Test
    void answersTheSameAloneAsInABatch() {
        List<Request> batch = stimuli()
                .map(stimulus -> gradient(0, stimulus, 1, List.of(FROM_BLACK), List.of()))
                .toList();
        List<Reply> together = device.answer(batch);

        for (int i = 0; i < batch.size(); i++) {
            Reply alone = device.answer(List.of(batch.get(i))).get(0);
            assertClose(together.get(i).logits(), toDoubles(alone.logits()));
            assertThat(together.get(i).along()[0]).isCloseTo(alone.along()[0], TOLERANCE);
        }
    }

    @Test
    void answersDerivativesAlongSeveralDirections() {
        List<Reply> replies = device.answer(List.of(
                gradient(0, BLEND, 0, List.of(FROM_BLACK, FROM_NOISE), List.of()),
                gradient(1, NOISY, 2, List.of(), List.of()),
                gradient(2, Stimulus.ORIGINAL, 1, List.of(FROM_NOISE), List.of())));

        assertThat(replies.get(0).along()).hasSize(2);
        assertThat(replies.get(0).along()[0]).isCloseTo(expectedAlong(0, BLEND, 0, FROM_BLACK), TOLERANCE);
        assertThat(replies.get(0).along()[1]).isCloseTo(expectedAlong(0, BLEND, 0, FROM_NOISE), TOLERANCE);
        assertThat(replies.get(1).along()).isEmpty();
        assertThat(replies.get(2).along()[0]).isCloseTo(expectedAlong(2, Stimulus.ORIGINAL, 1, FROM_NOISE), TOLERANCE);
    }

    /** Two batches of three images, where every image has two slots that are fed by every kind of contribution. */
    @Test
    void addsContributionsOfEveryKindToTheSumsOfTheirImages() {
        List<Contribution> contributions = new ArrayList<>();
        for (Transform transform : Transform.values()) {
            for (Difference times : new Difference[] {null, FROM_BLACK, FROM_NOISE}) {
                contributions.add(new Contribution(
                        contributions.size() % 2, 0.5 + 0.25 * contributions.size(), times, transform));
            }
        }

        Stimulus[] asked = {Stimulus.ORIGINAL, BLEND, NOISY};
        for (Stimulus stimulus : asked) {
            device.answer(List.of(
                    gradient(0, stimulus, 0, List.of(), contributions),
                    gradient(1, stimulus, 1, List.of(), contributions.subList(0, 4)),
                    gradient(0, MASKED, 2, List.of(FROM_BLACK), contributions.subList(3, 9)),
                    gradient(2, stimulus, 2, List.of(), contributions.subList(2, 8))));
        }

        for (int slot = 0; slot < 2; slot++) {
            double[][] expected = new double[3][INPUT.size()];
            for (Stimulus stimulus : asked) {
                contribute(expected[0], slot, 0, stimulus, 0, contributions);
                contribute(expected[1], slot, 1, stimulus, 1, contributions.subList(0, 4));
                contribute(expected[0], slot, 0, MASKED, 2, contributions.subList(3, 9));
                contribute(expected[2], slot, 2, stimulus, 2, contributions.subList(2, 8));
            }

            for (int image = 0; image < 3; image++) {
                assertClose(device.fetch(images.get(image), Fetch.slot(slot)), expected[image]);
            }
        }
    }

    @Test
    void addsWhatSeveralRowsOfABatchGiveToOneSlotThatIsNew() {
        device.answer(List.of(
                gradient(0, Stimulus.ORIGINAL, 0, List.of(), List.of(Contribution.of(4, 0.5))),
                gradient(1, Stimulus.ORIGINAL, 0, List.of(), List.of(Contribution.of(4, 3))),
                gradient(0, BLEND, 1, List.of(), List.of(Contribution.of(4, -2)))));

        double[] first = expectedGradient(0, Stimulus.ORIGINAL, 0);
        double[] second = expectedGradient(0, BLEND, 1);
        double[] expected = new double[INPUT.size()];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = 0.5 * first[i] - 2 * second[i];
        }

        assertClose(device.fetch(images.get(0), Fetch.slot(4)), expected);
    }

    @Test
    void fetchesAWeightedSumOfSlotsTimesADirection() {
        device.answer(List.of(
                gradient(0, Stimulus.ORIGINAL, 0, List.of(), List.of(Contribution.of(0, 1), Contribution.of(1, 2))),
                gradient(0, BLEND, 1, List.of(), List.of(Contribution.of(7, 1)))));

        float[] fetched = device.fetch(
                images.get(0),
                new Fetch(
                        List.of(new Fetch.Term(7, 0.25), new Fetch.Term(0, -1), new Fetch.Term(1, 0.75)), FROM_BLACK));

        double[] first = expectedGradient(0, Stimulus.ORIGINAL, 0);
        double[] second = expectedGradient(0, BLEND, 1);
        float[] direction = FROM_BLACK.render(pixels[0], INPUT);
        double[] expected = new double[INPUT.size()];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (0.25 * second[i] - first[i] + 0.75 * 2 * first[i]) * direction[i];
        }

        assertClose(fetched, expected);
    }

    /** {@code 2 s / Σ s − t / 4} with s the squares of one gradient, and nothing of a slot of zeros. */
    @Test
    void fetchesSharesOfASlotsOwnTotal() {
        Contribution squares = new Contribution(0, 3, null, Transform.SQUARE);
        device.answer(List.of(
                gradient(0, BLEND, 1, List.of(), List.of(squares, Contribution.of(1, 1), Contribution.of(2, 0)))));

        float[] fetched = device.fetch(
                images.get(0),
                new Fetch(
                        List.of(Fetch.Term.shares(0, 2), new Fetch.Term(1, -0.25), Fetch.Term.shares(2, 5)),
                        FROM_BLACK));

        double[] gradient = expectedGradient(0, BLEND, 1);
        float[] direction = FROM_BLACK.render(pixels[0], INPUT);
        double total = 0;
        for (double g : gradient) {
            total += g * g;
        }

        double[] expected = new double[INPUT.size()];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (2 * gradient[i] * gradient[i] / total - gradient[i] / 4) * direction[i];
        }

        assertClose(fetched, expected);
    }

    /** {@code ∇p_c = p_c Σ_k (1[k = c] − p_k) ∇F_k}, beside the gradient of a logit in the same batch. */
    @Test
    void answersTheGradientOfAProbability() {
        Probe probability = Probe.probabilityGradient(BLEND, 2);
        List<Reply> replies = device.answer(List.of(
                gradient(1, BLEND, 0, List.of(), List.of(Contribution.of(0, 1))),
                new Request(images.get(0), probability, List.of(FROM_NOISE), List.of(Contribution.of(0, 1)))));

        double[] logits = expectedLogits(0, BLEND);
        double[] p = new double[logits.length];
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit);
        }

        double[] expected = new double[INPUT.size()];
        for (int k = 0; k < p.length; k++) {
            p[k] = Math.exp(logits[k]) / sum;
        }

        double along = 0;
        float[] direction = FROM_NOISE.render(pixels[0], INPUT);
        for (int i = 0; i < expected.length; i++) {
            for (int k = 0; k < p.length; k++) {
                expected[i] += p[2] * ((k == 2 ? 1 : 0) - p[k]) * expectedGradient(0, BLEND, k)[i];
            }

            along += expected[i] * direction[i];
        }

        assertClose(device.fetch(images.get(0), Fetch.slot(0)), expected);
        assertClose(device.fetch(images.get(1), Fetch.slot(0)), expectedGradient(1, BLEND, 0));
        assertClose(replies.get(1).logits(), logits);
        assertThat(replies.get(1).along()[0]).isCloseTo(along, TOLERANCE);
    }

    /** {@code ∇ Σ_j p_j²/C = (2/C) Σ_j p_j ∇p_j}, beside the gradients of a logit and of a probability in the same batch. */
    @Test
    void answersTheGradientOfTheSpreadOfProbabilities() {
        List<Reply> replies = device.answer(List.of(
                gradient(1, BLEND, 2, List.of(), List.of(Contribution.of(0, 1))),
                new Request(images.get(0), Probe.spreadGradient(NOISY), List.of(), List.of(Contribution.of(0, 1))),
                new Request(
                        images.get(2),
                        Probe.probabilityGradient(BLEND, 1),
                        List.of(),
                        List.of(Contribution.of(0, 1)))));

        double[] logits = expectedLogits(0, NOISY);
        int classes = logits.length;
        double sum = Arrays.stream(logits).map(Math::exp).sum();
        double[] p = Arrays.stream(logits).map(logit -> Math.exp(logit) / sum).toArray();
        double[] expected = new double[INPUT.size()];
        for (int k = 0; k < classes; k++) {
            double[] ofLogit = expectedGradient(0, NOISY, k);
            for (int j = 0; j < classes; j++) {
                for (int i = 0; i < expected.length; i++) {
                    expected[i] += 2.0 / classes * p[j] * p[j] * ((j == k ? 1 : 0) - p[k]) * ofLogit[i];
                }
            }
        }

        assertClose(device.fetch(images.get(0), Fetch.slot(0)), expected);
        assertClose(device.fetch(images.get(1), Fetch.slot(0)), expectedGradient(1, BLEND, 2));
        assertClose(replies.get(1).logits(), logits);
        // Large enough for the tolerance to tell it from nothing.
        assertThat(Arrays.stream(expected).map(Math::abs).max().orElseThrow()).isGreaterThan(1e-3);
    }

    @Test
    void givesAFetchedSlotFree() {
        Request request = gradient(0, BLEND, 1, List.of(), List.of(Contribution.of(0, 1)));
        device.answer(List.of(request));
        float[] once = device.fetch(images.get(0), Fetch.slot(0));

        device.answer(List.of(request));

        assertClose(device.fetch(images.get(0), Fetch.slot(0)), toDoubles(once));
        assertThatThrownBy(() -> device.fetch(images.get(0), Fetch.slot(0))).hasMessageContaining("slot 0");
    }

    @Test
    void answersActivationsAndGradientsAtASpatialTap() {
        assertTapGradients(device, toy, images);
    }

    @Test
    void answersActivationsAndGradientsAtATapOfTokens() {
        TwoLayerReluModel tokens = Toys.tokens();
        try (Device other = open(tokens)) {
            List<HeldImage> held = Stream.of(pixels).map(other::hold).toList();
            assertTapGradients(other, tokens, held);
            held.forEach(HeldImage::close);
        }
    }

    /** More stimuli of an image than a device would keep activations of, and all again. */
    @ParameterizedTest
    @MethodSource("tapped")
    void answersActivationsOfStimuliOfAllKindsAndImagesInOneBatch(TwoLayerReluModel model) {
        List<Stimulus> stimuli = stimuli().toList();
        withImages(model, (tapped, held) -> {
            List<Request> batch = new ArrayList<>();
            for (int i = 0; i < 2 * stimuli.size(); i++) {
                Ask ask = new Ask.Activation(model.tap());
                batch.add(ask(held.get(i % 3), new Probe(stimuli.get(i * 7 % stimuli.size()), ask)));
            }

            for (int round = 0; round < 2; round++) {
                List<Reply> replies = tapped.answer(batch);
                for (int i = 0; i < batch.size(); i++) {
                    Stimulus stimulus = batch.get(i).probe().stimulus();
                    assertClose(replies.get(i).activation(), toDoubles(activation(model, i % 3, stimulus)));
                    assertThat(replies.get(i).logits()).isEmpty();
                    assertThat(replies.get(i).gradient()).isEmpty();
                }
            }
        });
    }

    /** What the encoder says of each position of an activation, for many images and stimuli, in one batch and alone. */
    @ParameterizedTest
    @MethodSource("tapped")
    void findsTheFeaturesOfEveryKindOfAutoencoder(TwoLayerReluModel model) {
        Tap tap = model.tap();
        for (Activation kind : List.of(new Activation.Relu(), new Activation.TopK(3), new Activation.Threshold())) {
            SaeEncoder encoder = new SaeEncoder(autoencoder(tap.channels(), 11, kind, 1));
            Ask ask = new Ask.Features(tap, encoder, 4, List.of(9, 0));
            withImages(model, (tapped, held) -> {
                List<Request> batch = new ArrayList<>();
                for (int i = 0; i < 12; i++) {
                    batch.add(ask(held.get(i % 3), new Probe(i < 6 ? NOISY : BLEND, ask)));
                }

                List<Reply> replies = tapped.answer(batch);

                for (int i = 0; i < batch.size(); i++) {
                    float[] activation =
                            activation(model, i % 3, batch.get(i).probe().stimulus());
                    assertFeatures(tap, encoder, activation, replies.get(i).features());
                    for (int t = 0; t < tap.positions(); t++) {
                        float[] expected = encoder.activations(tap.tokens(activation, t));
                        List<float[]> grids = replies.get(i).features().grids();
                        assertThat((double) grids.get(0)[t]).isCloseTo(expected[9], FEATURES);
                        assertThat((double) grids.get(1)[t]).isCloseTo(expected[0], FEATURES);
                    }

                    ActiveFeatures alone =
                            tapped.answer(List.of(batch.get(i))).get(0).features();
                    assertFeatures(tap, encoder, activation, alone);
                    assertThat(replies.get(i).activation()).isEmpty();
                }
            });
        }
    }

    /** Six copies of one latent: of each token the first three are active, in whatever order the hardware would sort them. */
    @ParameterizedTest
    @MethodSource("tapped")
    void ofEqualLatentsTheFirstAreActive(TwoLayerReluModel model) {
        Tap tap = model.tap();
        SaeEncoder encoder = new SaeEncoder(autoencoder(tap.channels(), 6, new Activation.TopK(3), 0));
        withImages(model, (tapped, held) -> {
            Reply reply = tapped.answer(List.of(ask(held.get(1), new Probe(BLEND, new Ask.Features(tap, encoder, 4)))))
                    .get(0);

            assertThat(reply.features().features()).containsExactly(0, 1, 2);
            assertFeatures(tap, encoder, activation(model, 1, BLEND), reply.features());
        });
    }

    /** @param spread how much latents differ from each other: with 0 not at all */
    private static SparseAutoencoder autoencoder(int width, int features, Activation activation, int spread) {
        float[] encoder = new float[width * features];
        float[] bias = new float[features];
        float[] thresholds = new float[activation instanceof Activation.Threshold ? features : 0];
        for (int j = 0; j < features; j++) {
            bias[j] = spread == 0 ? 3 : 0.2f * (float) Math.cos(j);
            for (int i = 0; i < width; i++) {
                encoder[i * features + j] = (float) Math.sin(1.3 * i + 0.7 * spread * j * (i + 1));
            }
        }

        for (int j = 0; j < thresholds.length; j++) {
            thresholds[j] = 0.05f * j;
        }

        Normalisation normalisation = new Normalisation(numbers(width, 5), 0.6f);
        return new SparseAutoencoder(
                normalisation, activation, encoder, bias, numbers(width * features, 8), numbers(width, 6), thresholds);
    }

    private static void assertFeatures(Tap tap, SaeEncoder encoder, float[] activation, ActiveFeatures found) {
        int positions = tap.positions();
        double[] max = new double[encoder.features()];
        double[] mean = new double[max.length];
        int[] patches = new int[max.length];
        int[] at = new int[max.length];
        double error = 0;
        double size = 0;
        for (int t = 0; t < positions; t++) {
            TokenEncoder.Fit fit = encoder.fit(tap.tokens(activation, t));
            error += fit.error();
            size += fit.size();
            float[] values = encoder.activations(tap.tokens(activation, t));
            for (int j = 0; j < max.length; j++) {
                mean[j] += values[j] / positions;
                patches[j] += values[j] > 0 ? 1 : 0;
                at[j] = values[j] > max[j] ? t : at[j];
                max[j] = Math.max(max[j], values[j]);
            }
        }

        int[] active = IntStream.range(0, max.length).filter(j -> max[j] > 0).toArray();
        assertThat(found.error()).isCloseTo(error / size, Offset.offset(1e-5 * error / size));
        assertThat(found.features()).containsExactly(active);
        assertThat(found.top()).hasSize(Math.min(4, active.length));
        double least = Double.POSITIVE_INFINITY;
        for (ActiveFeatures.OnGrid feature : found.top()) {
            int j = feature.feature();
            assertThat((double) feature.max()).isCloseTo(max[j], FEATURES).isLessThanOrEqualTo(least);
            assertThat((double) feature.mean()).isCloseTo(mean[j], FEATURES);
            assertThat(feature.activePatches()).isEqualTo(patches[j]);
            assertThat(feature.maxPatch()).isEqualTo(at[j]);
            least = feature.max();
        }

        for (int i = 0; i < active.length; i++) {
            assertThat((double) found.maxima()[i]).isCloseTo(max[active[i]], FEATURES);
        }

        double[] descending = Arrays.stream(active)
                .mapToDouble(j -> max[j])
                .sorted()
                .skip(active.length - found.top().size())
                .toArray();
        assertThat(least).isCloseTo(descending[0], FEATURES);
    }

    @ParameterizedTest
    @MethodSource("tapped")
    void aShiftOfNothingLeavesTheLogits(TwoLayerReluModel model) {
        Tap tap = model.tap();
        float[] direction = numbers(tap.channels(), 3);
        TapShift along = new TapShift.Along(tap, new float[tap.positions()], direction);
        TapShift dense = new TapShift.Dense(tap, new float[tap.positions() * tap.channels()]);
        withImages(model, (tapped, held) -> {
            List<Reply> replies = tapped.answer(List.of(
                    steered(held.get(0), BLEND, along),
                    steered(held.get(1), BLEND, along),
                    steered(held.get(0), NOISY, along)));
            List<Reply> mixed =
                    tapped.answer(List.of(steered(held.get(2), BLEND, dense), steered(held.get(2), NOISY, along)));

            assertClose(replies.get(0).logits(), toDoubles(logits(model, 0, BLEND)));
            assertClose(replies.get(1).logits(), toDoubles(logits(model, 1, BLEND)));
            assertClose(replies.get(2).logits(), toDoubles(logits(model, 0, NOISY)));
            assertClose(mixed.get(0).logits(), toDoubles(logits(model, 2, BLEND)));
            assertClose(mixed.get(1).logits(), toDoubles(logits(model, 2, NOISY)));
        });
    }

    /**
     * Above its tap the toy is {@code W₂ h + b₂}, so that a shift of position (1, 0) by {@code 0.5 · (1, −2, 0, …)} adds
     * {@code 0.5·W₂[k][i] − W₂[k][j]} to logit k, i and j being where the first two channels of that position lie: in the
     * spatial layout, channels × 2 × 2, at 2 and 4 + 2; in that of tokens, (1 + 4) × 3, at (1 + 2)·3 and one beyond.
     */
    @ParameterizedTest
    @MethodSource("tapped")
    void aShiftOfOnePositionGoesThroughTheHead(TwoLayerReluModel model) {
        Tap tap = model.tap();
        boolean spatial = tap.layout() == Tap.Layout.SPATIAL;
        int first = spatial ? 2 : 9;
        int second = spatial ? 6 : 10;
        float[] direction = new float[tap.channels()];
        direction[0] = 1;
        direction[1] = -2;
        float[] tokens = new float[tap.positions() * tap.channels()];
        tokens[2 * tap.channels()] = 0.5f;
        tokens[2 * tap.channels() + 1] = -1;
        List<TapShift> shifts = List.of(
                new TapShift.Along(tap, new float[] {0, 0, 0.5f, 0}, direction), new TapShift.Dense(tap, tokens));

        withImages(model, (tapped, held) -> {
            for (TapShift shift : shifts) {
                Reply reply = tapped.answer(List.of(steered(held.get(1), BLEND, shift)))
                        .get(0);

                double[] expected = toDoubles(logits(model, 1, BLEND));
                for (int k = 0; k < expected.length; k++) {
                    expected[k] += 0.5 * model.w2()[k][first] - model.w2()[k][second];
                }

                assertClose(reply.logits(), expected);
                assertThat(reply.activation()).isEmpty();
            }
        });
    }

    /** What {@link TapShift#applied} and the model's own head say, for many shifts of three images and two stimuli. */
    @ParameterizedTest
    @MethodSource("tapped")
    void shiftsOfManyImagesInOneBatchAreThoseOfEachAlone(TwoLayerReluModel model) {
        Tap tap = model.tap();
        withImages(model, (tapped, held) -> {
            List<Request> batch = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                float[] direction = numbers(tap.channels(), i);
                TapShift shift = new TapShift.Along(tap, numbers(tap.positions(), i % 7), direction);
                batch.add(steered(held.get(i % 3), i % 2 == 0 ? NOISY : MASKED, shift));
            }

            float[] tokens = numbers(tap.positions() * tap.channels(), 41);
            batch.add(5, steered(held.get(0), NOISY, new TapShift.Dense(tap, tokens)));
            List<Request> along = batch.stream()
                    .filter(request -> shift(request) instanceof TapShift.Along)
                    .toList();

            assertSteered(model, held, batch, tapped.answer(batch));
            assertSteered(model, held, along, tapped.answer(along));
            for (Request alone : batch) {
                assertSteered(model, held, List.of(alone), tapped.answer(List.of(alone)));
            }
        });
    }

    @Test
    void keepsAnActivationThatOverflowsToItself() {
        float[] huge = new float[INPUT.size()];
        java.util.Arrays.fill(huge, 3e38f);
        Tap tap = toy.tap();
        TapShift shift = new TapShift.Along(tap, new float[] {0, 2, Float.NaN, 0}, new float[] {1, 2, 3, 4});
        TapShift finite = new TapShift.Along(tap, new float[] {0, 2, -1, 0}, new float[] {1, 2, 3, 4});
        try (HeldImage overflowing = device.hold(huge)) {
            List<Request> batch = List.of(steered(overflowing, BLEND, shift), steered(images.get(1), BLEND, finite));

            List<Reply> replies = device.answer(batch);

            float[] shifted = finite.applied(activation(toy, 1, BLEND));
            assertClose(replies.get(1).logits(), toDoubles(toy.headLogits(tap, new float[][] {shifted})[0]));
            assertThat(replies.get(0).logits()).containsOnly(Float.NaN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersTheFieldOfEveryRule(Rule rule) {
        boolean two = rule == Rule.DEEP_LIFT || rule == Rule.CURVATURE;
        double parameter = rule == Rule.RECT_GRAD ? 60 : rule == Rule.LRP_EPSILON ? 0.01 : 0;
        List<Request> batch = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Stimulus against = two ? new Stimulus.Pixels(Toys.image(20 + i)) : null;
            Ask ask = new Ask.RuleField(rule, 2 - i, parameter, against);
            batch.add(new Request(
                    images.get(i),
                    new Probe(BLEND, ask),
                    List.of(FROM_NOISE),
                    List.of(Contribution.of(0, 1), new Contribution(1, 2, FROM_BLACK, Transform.SQUARE))));
        }

        List<Reply> replies = device.answer(batch);

        for (int i = 0; i < 3; i++) {
            float[][] input = {BLEND.render(pixels[i], INPUT)};
            float[][] against = two ? new float[][] {Toys.image(20 + i)} : new float[0][];
            RuledModel.Fields expected = toy.fields(rule, input, new int[] {2 - i}, parameter, against);
            double[] field = toDoubles(expected.values()[0]);
            double[] squared = new double[field.length];
            double along = 0;
            float[] fromBlack = FROM_BLACK.render(pixels[i], INPUT);
            float[] fromNoise = FROM_NOISE.render(pixels[i], INPUT);
            for (int k = 0; k < field.length; k++) {
                squared[k] = 2 * Math.pow(field[k] * fromBlack[k], 2);
                along += field[k] * fromNoise[k];
            }

            assertThat(replies.get(i).along()[0]).isCloseTo(along, Offset.offset(2e-4));
            assertClose(device.fetch(images.get(i), Fetch.slot(0)), field);
            assertThat(toDoubles(device.fetch(images.get(i), Fetch.slot(1))))
                    .containsExactly(squared, Offset.offset(2e-4));
            if (Double.isNaN(expected.totals()[0])) {
                assertThat(replies.get(i).total()).isNaN();
            } else {
                assertThat(replies.get(i).total()).isCloseTo(expected.totals()[0], TOLERANCE);
            }
        }
    }

    /** An image that the model overflows on is its own trouble: its neighbours must not see a NaN. */
    @Test
    void keepsAnImageThatOverflowsToItself() {
        float[] huge = new float[INPUT.size()];
        java.util.Arrays.fill(huge, 1e38f);
        try (HeldImage overflowing = device.hold(huge)) {
            Contribution squared = new Contribution(1, 1, FROM_BLACK, Transform.SQUARE);
            List<Contribution> contributions = List.of(Contribution.of(0, 1), squared);
            Probe probe = Probe.gradient(BLEND, 0);
            device.answer(List.of(
                    new Request(images.get(0), probe, List.of(), contributions),
                    new Request(overflowing, probe, List.of(), contributions)));

            double[] expected = new double[INPUT.size()];
            contribute(expected, 1, 0, BLEND, 0, contributions);
            assertClose(device.fetch(images.get(0), Fetch.slot(0)), expectedGradient(0, BLEND, 0));
            assertClose(device.fetch(images.get(0), Fetch.slot(1)), expected);
        }
    }

    @Test
    void refusesAnImageOfAnotherSize() {
        assertThatThrownBy(() -> device.hold(new float[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("5 floats for an input of 48");
    }

    static Stream<TwoLayerReluModel> tapped() {
        return Stream.of(Toys.relu(), Toys.tokens());
    }

    private interface WithImages {
        void check(Device tapped, List<HeldImage> held);
    }

    private void withImages(TwoLayerReluModel model, WithImages with) {
        try (Device tapped = open(model)) {
            List<HeldImage> held = Stream.of(pixels).map(tapped::hold).toList();
            with.check(tapped, held);
            held.forEach(HeldImage::close);
        }
    }

    private void assertSteered(
            TwoLayerReluModel model, List<HeldImage> held, List<Request> batch, List<Reply> replies) {
        for (int i = 0; i < batch.size(); i++) {
            Request request = batch.get(i);
            int image = held.indexOf(request.image());
            float[] shifted = shift(request)
                    .applied(activation(model, image, request.probe().stimulus()));
            assertClose(replies.get(i).logits(), toDoubles(model.headLogits(model.tap(), new float[][] {shifted})[0]));
        }
    }

    private float[] activation(TwoLayerReluModel model, int image, Stimulus stimulus) {
        return model.activations(model.tap(), new float[][] {stimulus.render(pixels[image], INPUT)})[0];
    }

    private float[] logits(TwoLayerReluModel model, int image, Stimulus stimulus) {
        return model.logits(new float[][] {stimulus.render(pixels[image], INPUT)})[0];
    }

    private static TapShift shift(Request request) {
        return ((Ask.Steered) request.probe().ask()).shift();
    }

    private static Request steered(HeldImage image, Stimulus stimulus, TapShift shift) {
        return ask(image, new Probe(stimulus, new Ask.Steered(shift)));
    }

    private static Request ask(HeldImage image, Probe probe) {
        return new Request(image, probe, List.of(), List.of());
    }

    /** Numbers between −1 and 1 without a pattern. */
    private static float[] numbers(int count, int phase) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) Math.sin(2.3 * i + 1.1 * phase + 0.4);
        }

        return numbers;
    }

    private void assertTapGradients(Device tapped, TwoLayerReluModel model, List<HeldImage> held) {
        Tap tap = model.tap();
        List<Request> batch = new ArrayList<>();
        for (int i = 0; i < held.size(); i++) {
            batch.add(new Request(held.get(i), new Probe(BLEND, new Ask.TapGradient(tap, i)), List.of(), List.of()));
        }

        List<Reply> replies = tapped.answer(batch);

        for (int i = 0; i < held.size(); i++) {
            float[][] input = {BLEND.render(pixels[i], INPUT)};
            float[][] activation = model.activations(tap, input);
            assertClose(replies.get(i).logits(), toDoubles(model.logits(input)[0]));
            assertClose(replies.get(i).activation(), toDoubles(activation[0]));
            assertClose(replies.get(i).gradient(), toDoubles(model.tapGradients(tap, activation, new int[] {i})[0]));
        }
    }

    private Request logits(int image, Stimulus stimulus) {
        return new Request(images.get(image), Probe.logits(stimulus), List.of(), List.of());
    }

    private Request gradient(
            int image, Stimulus stimulus, int target, List<Difference> along, List<Contribution> contributions) {
        return new Request(images.get(image), Probe.gradient(stimulus, target), along, contributions);
    }

    private double[] expectedLogits(int image, Stimulus stimulus) {
        return toDoubles(toy.logits(new float[][] {stimulus.render(pixels[image], INPUT)})[0]);
    }

    private double[] expectedGradient(int image, Stimulus stimulus, int target) {
        float[][] input = {stimulus.render(pixels[image], INPUT)};
        return toDoubles(toy.inputGradients(input, new int[] {target})[0]);
    }

    private double expectedAlong(int image, Stimulus stimulus, int target, Difference direction) {
        double[] gradient = expectedGradient(image, stimulus, target);
        float[] by = direction.render(pixels[image], INPUT);
        double sum = 0;
        for (int i = 0; i < by.length; i++) {
            sum += gradient[i] * by[i];
        }

        return sum;
    }

    private void contribute(
            double[] sum, int slot, int image, Stimulus stimulus, int target, List<Contribution> contributions) {
        double[] gradient = expectedGradient(image, stimulus, target);
        for (Contribution contribution : contributions) {
            if (contribution.slot() != slot) {
                continue;
            }

            Difference times = contribution.times();
            for (int i = 0; i < sum.length; i++) {
                double value = times == null ? gradient[i] : gradient[i] * times.render(pixels[image], INPUT)[i];
                sum[i] += contribution.weight()
                        * switch (contribution.transform()) {
                            case IDENTITY -> value;
                            case SQUARE -> value * value;
                            case ABSOLUTE -> Math.abs(value);
                        };
            }
        }
    }

    private static double[] toDoubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }

        return doubles;
    }

    private static void assertClose(float[] actual, double[] expected) {
        assertThat(toDoubles(actual)).hasSize(expected.length).containsExactly(expected, TOLERANCE);
    }
}
