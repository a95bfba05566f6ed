package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Toys;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Cost;
import dev.tapetum.probe.HostDevice;
import dev.tapetum.probe.Outcome;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.probe.Seeds;
import dev.tapetum.probe.Stimulus;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** SmoothGrad, SmoothGradSquared and VarGrad over one cloud. */
final class NoiseCloudTest {

    private static final Offset<Float> ROUNDING = within(2e-6f);
    private static final LinearModel LINEAR = Toys.linear();
    private static final float[] IMAGE = Toys.image(8);
    private static final Saliency SALIENCY = new Saliency(false);

    /** The gradient of a linear model is w at every copy: mean w, mean square w², variance 0. */
    @Test
    void theCloudOfALinearModelIsAPoint() {
        float[] weights = Attributing.floats(LINEAR.weights()[0]);
        float[] squares = Attributing.floats(Stream.of(LINEAR.weights()[0])
                .flatMapToDouble(java.util.Arrays::stream)
                .map(w -> w * w)
                .toArray());

        assertThat(Attributing.values(new SmoothGrad(SALIENCY, 25, 0.15), LINEAR, IMAGE, 0))
                .containsExactly(weights, ROUNDING);
        assertThat(Attributing.values(new SmoothGradSquared(SALIENCY, 25, 0.15), LINEAR, IMAGE, 0))
                .containsExactly(squares, ROUNDING);
        assertThat(Attributing.values(new VarGrad(SALIENCY, 25, 0.15), LINEAR, IMAGE, 0))
                .containsExactly(new float[squares.length], ROUNDING);
    }

    /** Input times gradient at copy j is {@code w ⊙ (x + ε_j)}, whose moments over the cloud are taken here by hand. */
    @Test
    void theMomentsAreThoseOfTheCopies() {
        int samples = 6;
        double sigma = 0.2;
        double[] mean = new double[IMAGE.length];
        double[] square = new double[IMAGE.length];
        for (float[] copy : copies(samples, sigma)) {
            for (int i = 0; i < copy.length; i++) {
                double value = LINEAR.weights()[2][i] * copy[i];
                mean[i] += value / samples;
                square[i] += value * value / samples;
            }
        }

        double[] variance = new double[IMAGE.length];
        for (int i = 0; i < variance.length; i++) {
            variance[i] = square[i] - mean[i] * mean[i];
        }

        InputXGradient method = new InputXGradient();
        assertThat(Attributing.values(new SmoothGrad(method, samples, sigma), LINEAR, IMAGE, 2))
                .containsExactly(Attributing.floats(mean), ROUNDING);
        assertThat(Attributing.values(new SmoothGradSquared(method, samples, sigma), LINEAR, IMAGE, 2))
                .containsExactly(Attributing.floats(square), ROUNDING);
        assertThat(Attributing.values(new VarGrad(method, samples, sigma), LINEAR, IMAGE, 2))
                .containsExactly(Attributing.floats(variance), ROUNDING);
    }

    /** Integrated gradients at copy j are {@code w ⊙ (x + ε_j − x')}; with the mean colour x' = 0 as above. */
    @Test
    void anyMethodMayBeWrapped() {
        IntegratedGradients integrated = IntegratedGradientsTest.fixed(new Baseline.Mean(), 3);

        Attribution wrapped = Attributing.attribute(new SmoothGrad(integrated, 4, 0.15), LINEAR, IMAGE, 1);

        assertThat(wrapped.values().values())
                .containsExactly(
                        Attributing.values(new SmoothGrad(new InputXGradient(), 4, 0.15), LINEAR, IMAGE, 1), ROUNDING);
        // Four times three gradients and both ends, and the score of the image without noise.
        assertThat(wrapped.evaluations()).isEqualTo(4 * 5 + 1);
        assertThat(wrapped.score()).isEqualTo(LINEAR.logits(new float[][] {IMAGE})[0][1]);
    }

    /** Saliency, summed on the device, and the same wrapped once more (one copy without noise), averaged by programs. */
    @Test
    void sumsOnTheDeviceEqualSumsOfPrograms() {
        var relu = Toys.relu();
        SmoothGrad asProgram = new SmoothGrad(SALIENCY, 1, 0);

        assertThat(Attributing.values(new SmoothGrad(SALIENCY, 9, 0.3), relu, IMAGE, 1))
                .containsExactly(Attributing.values(new SmoothGrad(asProgram, 9, 0.3), relu, IMAGE, 1), ROUNDING);
        assertThat(Attributing.values(new SmoothGradSquared(SALIENCY, 9, 0.3), relu, IMAGE, 1))
                .containsExactly(
                        Attributing.values(new SmoothGradSquared(asProgram, 9, 0.3), relu, IMAGE, 1), ROUNDING);
        assertThat(Attributing.values(new VarGrad(SALIENCY, 9, 0.3), relu, IMAGE, 1))
                .containsExactly(Attributing.values(new VarGrad(asProgram, 9, 0.3), relu, IMAGE, 1), ROUNDING);
    }

    @Test
    void oneCloudServesAllThree() {
        List<Attributor> three = List.of(
                new SmoothGrad(SALIENCY, 25, 0.15),
                new SmoothGradSquared(SALIENCY, 25, 0.15),
                new VarGrad(new Saliency(true), 25, 0.15));
        Subject subject = Subject.of(IMAGE, 0, Toys.card(LINEAR), Attributing.SEED);
        Program<List<Attribution>> program = Program.all(
                three.stream().map(method -> method.program(subject)).toList());

        Outcome<List<Attribution>> outcome = new Scheduler(new HostDevice(LINEAR), 8)
                .run(List.of(new Admission<>(IMAGE, () -> program)).iterator())
                .next();

        assertThat(outcome.cost()).isEqualTo(new Cost(3, 1, 75, 25));
        assertThat(outcome.result()).extracting(Attribution::evaluations).containsOnly(26);
    }

    /**
     * Input times gradient in two clouds of deviation s: {@code w ⊙ (x + ε + ε')} has variance {@code 2 s² w²} over the
     * outer copies, and only {@code s² w²} if every copy had the same cloud within. Over 48 values and 200 copies the
     * ratio's standard error is √(2/9600) = 1.4%.
     */
    @Test
    void aCloudWithinACloudDrawsItsOwnNoise() {
        double sigma = 0.1;
        double range = Subject.of(IMAGE, 0, Toys.card(LINEAR), Attributing.SEED).range();
        VarGrad method = new VarGrad(new SmoothGrad(new InputXGradient(), 1, sigma), 200, sigma);

        float[] variance = Attributing.values(method, LINEAR, IMAGE, 0);

        double ratio = 0;
        for (int i = 0; i < variance.length; i++) {
            double weight = LINEAR.weights()[0][i];
            ratio += variance[i] / (weight * weight * sigma * sigma * range * range) / variance.length;
        }

        assertThat(ratio).isCloseTo(2, within(0.1));
    }

    @Test
    void noiseIsAFractionOfTheImagesRange() {
        Subject subject = Subject.of(new float[] {-1, 0.5f, 3}, 0, Toys.card(LINEAR), 1);

        assertThat(subject.range()).isEqualTo(4);
    }

    @Test
    void aWrapperNeedsWhatItsMethodNeeds() {
        assertThatThrownBy(() -> new SmoothGrad(new GradCam("last"), 5, 0.1).check(Toys.card(LINEAR)))
                .hasMessageContaining("GradCam needs a tap");
    }

    @Test
    void impossibleParametersAreRefused() {
        assertThatThrownBy(() -> new SmoothGrad(SALIENCY, 0, 0.1))
                .hasMessage("samples is the number of noisy copies, at least 1, not 0");
        assertThatThrownBy(() -> new VarGrad(SALIENCY, 1, -0.1))
                .hasMessage("sigma is a fraction of the image's range, zero or more, not -0.1");
        assertThatThrownBy(() -> new SmoothGradSquared(SALIENCY, 1, Double.NaN))
                .hasMessage("sigma is a fraction of the image's range, zero or more, not NaN");
    }

    private static List<float[]> copies(int samples, double sigma) {
        Subject subject = Subject.of(IMAGE, 0, Toys.card(LINEAR), Attributing.SEED);
        return Stream.iterate(0, j -> j < samples, j -> j + 1)
                .map(j -> new Stimulus.Noisy(
                                Stimulus.ORIGINAL,
                                sigma * subject.range(),
                                Seeds.of(Attributing.SEED, "noise-cloud", j))
                        .render(IMAGE, Toys.INPUT))
                .toList();
    }
}
