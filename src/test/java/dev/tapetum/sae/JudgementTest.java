package dev.tapetum.sae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.Tap;
import dev.tapetum.model.TwoLayerReluModel;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Cost;
import dev.tapetum.probe.HostDevice;
import dev.tapetum.probe.Outcome;
import dev.tapetum.probe.Scheduler;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Of two tokens with one channel each, {@code a = max(0, x)}, and logits {@code (a₁ + a₂, 0)}. The autoencoder has μ = 1, s = 1, one
 * latent, {@code f = max(0, a − 1)}, and {@code x̂ = 1 + f / 2}.
 *
 * <p>The image (3, ½) is rebuilt as (2, 1), since f = (2, 0); its mean is (1, 1). So the first logit is 3½, rebuilt 3, ablated 2.
 */
final class JudgementTest {

    private static final Offset<Double> ROUNDING = within(1e-6);

    private static final Tap TAP = new Tap("hidden", Tap.Layout.TOKENS, 1, 1, 2, 0);
    private static final TwoLayerReluModel MODEL = new TwoLayerReluModel(
            new InputSpec(1, 1, 2, List.of(0f), List.of(1f)),
            TAP,
            new double[][] {{1, 0}, {0, 1}},
            new double[2],
            new double[][] {{1, 1}, {0, 0}},
            new double[2]);
    private static final SparseAutoencoder HALF = new SparseAutoencoder(
            new Normalisation(new float[] {1}, 1),
            new Activation.Relu(),
            new float[] {1},
            new float[1],
            new float[] {0.5f},
            new float[1],
            new float[0]);
    private static final float[] IMAGE = {3, 0.5f};

    private static Outcome<Judgement> outcome(int label, float... image) {
        Admission<Judgement> one = new Admission<>(image, () -> Judgement.program(TAP, HALF, label));
        return new Scheduler(new HostDevice(MODEL), 4)
                .run(List.of(one).iterator())
                .next();
    }

    /** {@code −log softmax} of the class whose logit is so much larger than the other one's. */
    private static double entropy(double lead) {
        return Math.log1p(Math.exp(-lead));
    }

    @Test
    void theModelIsAskedWithRebuiltAndWithMeanTokens() {
        LossRecovered loss = outcome(0, IMAGE).result().loss();

        assertThat(loss.original()).isCloseTo(entropy(3.5), ROUNDING);
        assertThat(loss.reconstructed()).isCloseTo(entropy(3), ROUNDING);
        assertThat(loss.ablated()).isCloseTo(entropy(2), ROUNDING);
        assertThat(loss.fraction()).isCloseTo((entropy(2) - entropy(3)) / (entropy(2) - entropy(3.5)), within(1e-5));
        assertThat(loss.labelled()).isEqualTo(1);
    }

    /** Two logits, the activation, and two shifts of it. */
    @Test
    void itTakesFourEvaluationsOfTheModel() {
        assertThat(outcome(0, IMAGE).cost()).isEqualTo(new Cost(4, 4, 0, 0));
    }

    @Test
    void withoutALabelThePredictionIsWhatCounts() {
        LossRecovered loss = outcome(-1, IMAGE).result().loss();

        assertThat(loss.original()).isCloseTo(entropy(3.5), ROUNDING);
        assertThat(loss.labelled()).isZero();
    }

    /** A wrong model is helped by the mean: its entropies are 3.53, 3.05 and 2.13. */
    @Test
    void whereAblationDoesNoHarmNothingCanBeRecovered() {
        LossRecovered loss = outcome(1, IMAGE).result().loss();

        assertThat(loss.original()).isCloseTo(entropy(-3.5), ROUNDING);
        assertThat(loss.fraction()).isNull();
    }

    /** On the normalised side the tokens are (2, −½) and rebuilt (1, 0): errors of 1 and ¼ over 4¼ − 1½² / 2 = 3⅛. */
    @Test
    void tokensAreMeasuredAsWell() {
        Quality quality = outcome(0, IMAGE).result().quality();

        assertThat(quality.tokens()).isEqualTo(2);
        assertThat(quality.normalisedMse()).isCloseTo(1.25 / 3.125, ROUNDING);
        assertThat(quality.l0()).isEqualTo(0.5);
        assertThat(quality.lossRecovered()).isNotNull();
    }

    /** Not the mean of the images' own fractions. */
    @Test
    void imagesAddUp() {
        Judgement one = outcome(0, IMAGE).result();
        Judgement other = outcome(-1, 1, 5).result();
        LossRecovered both = one.merge(other).loss();

        assertThat(both.images()).isEqualTo(2);
        assertThat(both.labelled()).isEqualTo(1);
        assertThat(both.reconstructed()).isCloseTo(entropy(3) + entropy(4), ROUNDING);
        assertThat(both.fraction())
                .isCloseTo(
                        (2 * entropy(2) - entropy(3) - entropy(4)) / (2 * entropy(2) - entropy(3.5) - entropy(6)),
                        within(1e-5));
    }

    /** Activations are 2 and 0, 0 and 4, and 1 and 1: the largest is 4, and it is active in all three images. Then 0 and 0. */
    @Test
    void theLargestActivationIsKeptAndImagesAreCountedOnce() {
        FeatureExtents active = outcome(0, IMAGE)
                .result()
                .merge(outcome(0, 1, 5).result())
                .merge(outcome(0, 2, 2).result())
                .extents();
        FeatureExtents extents = active.merge(outcome(0, 1, 0.5f).result().extents());

        assertThat(active.active()).containsExactly(3);
        assertThat(extents.images()).isEqualTo(4);
        assertThat(extents.maxima()).containsExactly(4);
        assertThat(extents.active()).containsExactly(3);
    }

    @Test
    void anImageWithoutFiniteTokensSaysNothing() {
        Judgement nothing = outcome(0, Float.POSITIVE_INFINITY, 1).result();

        assertThat(nothing.loss()).isEqualTo(LossRecovered.NONE);
        assertThat(nothing.metrics().tokens()).isZero();
        assertThat(nothing.extents().images()).isZero();
    }
}
