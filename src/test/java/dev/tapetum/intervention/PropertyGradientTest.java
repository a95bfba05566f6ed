package dev.tapetum.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.image.PlanarImage;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.LinearModel;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.HostDevice;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.probe.Seeds;
import dev.tapetum.spec.SplitMix64;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PropertyGradientTest {

    /** Sums of doubles in another order. */
    private static final double ROUNDING = 1e-12;

    /** Logits are floats, and so are pixels: both err by 6e-8 of values near one, which a slope of eight enlarges. */
    private static final double SINGLE_PRECISION = 1e-5;

    @Test
    void ofUnevenStepsTheDerivativeIsExactForAParabola() {
        // p = s² at 0, 0.2, 0.6, 1. Inside, second-order differences are exact: p' = 0.4 and 1.2. At the ends they are
        // one-sided:
        // 0.04/0.2 = 0.2 and (1 − 0.36)/0.4 = 1.6. Trapezoid: 0.2 (0.2 + 0.4)/2 + 0.4 (0.4 + 1.2)/2 + 0.4 (1.2 + 1.6)/2
        // = 0.94.
        double[] s = {0, 0.2, 0.6, 1};
        PropertyGradient gradient = PropertyGradient.of(s, map(s, x -> x * x), 19, 1);

        assertThat(gradient.expected()).isCloseTo(0.94, within(ROUNDING));
        assertThat(gradient.signed()).isCloseTo(1, within(ROUNDING));
        assertThat(gradient.totalChange()).isCloseTo(1, within(ROUNDING));
    }

    @Test
    void upAndDownDoNotCancelInTheExpectedGradient() {
        // p = |s − ½| at five steps: slopes −1, −1, 0 (central at the kink), 1, 1; trapezoid: ¼ (½ + 1 + 0 + 1 + ½) =
        // ¾.
        double[] s = {0, 0.25, 0.5, 0.75, 1};
        PropertyGradient gradient = PropertyGradient.of(s, map(s, x -> Math.abs(x - 0.5)), 19, 1);

        assertThat(gradient.expected()).isCloseTo(0.75, within(ROUNDING));
        assertThat(gradient.signed()).isCloseTo(0, within(ROUNDING));
        assertThat(gradient.correlation()).isCloseTo(0, within(ROUNDING));
    }

    @Test
    void aPartOfTheAxisHasTheMeanOverThatPart() {
        // A line of slope 3 between 0.5 and 0.9 of the axis.
        double[] s = {0.5, 0.7, 0.9};
        PropertyGradient gradient = PropertyGradient.of(s, map(s, x -> 3 * x), 19, 1);

        assertThat(gradient.expected()).isCloseTo(3, within(ROUNDING));
        assertThat(gradient.signed()).isCloseTo(3, within(ROUNDING));
        assertThat(gradient.totalChange()).isCloseTo(1.2, within(ROUNDING));
        assertThat(gradient.correlation()).isCloseTo(1, within(ROUNDING));
    }

    @Test
    void twoStepsHaveNoGradientAndConstantsHaveNone() {
        assertThat(PropertyGradient.of(new double[] {0, 1}, new double[] {1, 2}, 19, 1))
                .isEqualTo(PropertyGradient.NONE);

        PropertyGradient constant = PropertyGradient.of(steps(5), new double[] {2, 2, 2, 2, 2}, 99, 1);
        assertThat(constant.expected()).isZero();
        assertThat(constant.pValue()).isEqualTo(1);
        assertThat(constant.correlation()).isNaN();
    }

    @Test
    void theTestCountsOrdersByHand() {
        // Three steps and the values 0, 0, 1: T = ½|Δ₁|/2… in full, with h = ½ and weights ¼, ½, ¼ over the span:
        // T = |p₁ − p₀|/2 + |p₂ − p₀|/2 + |p₂ − p₁|/2. Orders: (0,0,1), (1,0,0) and (0,1,0) all give 1. So every order
        // ties, and p = 1.
        PropertyGradient three = PropertyGradient.of(steps(3), new double[] {0, 0, 1}, 999, 5);
        assertThat(three.expected()).isCloseTo(1, within(ROUNDING));
        assertThat(three.pValue()).isEqualTo(1);

        // Four steps and one 1 among zeros, h = ⅓: T = |p₁ − p₀|/2 + |p₂ − p₀|/2 + |p₃ − p₁|/2 + |p₃ − p₂|/2, which is
        // 1 wherever the
        // 1 stands. Two neighbouring ones, (0,0,1,1): 0 + ½ + ½ + 0 = 1; alternating (0,1,0,1): ½ + 0 + 0 + ½ = 1;
        // (0,1,1,0): 2.
        // Of the six equally likely places of two ones, (0,1,1,0) and (1,0,0,1) give 2 and four give 1: the mean is
        // 4/3, the
        // distance of T = 1 from it ⅓, that of T = 2 is ⅔. So p is 1 for (0,0,1,1) and ⅓ for (0,1,1,0).
        assertThat(PropertyGradient.of(steps(4), new double[] {0, 0, 1, 1}, 9999, 5)
                        .pValue())
                .isEqualTo(1);
        assertThat(PropertyGradient.of(steps(4), new double[] {0, 1, 1, 0}, 9999, 5)
                        .pValue())
                // Three standard errors of a share of ⅓ among 9,999.
                .isCloseTo(1.0 / 3, within(0.015));
    }

    @Test
    void aSmoothAnswerLiesInTheLowerTail() {
        double[] s = steps(11);
        PropertyGradient gradient = PropertyGradient.of(s, map(s, x -> 0.001 * x), 999, 3);

        assertThat(gradient.pValue()).isLessThan(0.01);
        assertThat(gradient.expected()).isCloseTo(0.001, within(ROUNDING));
    }

    /**
     * A model that answers {@code p = σ(a m + b)} where m is the image's mean: under the brightness editor m rises by exactly the
     * strength while nothing is cut off, so over strengths from u to v the probability goes from {@code σ(a (m₀ + u) + b)} to
     * {@code σ(a (m₀ + v) + b)}, monotonely. The expected gradient is the difference.
     */
    @ParameterizedTest
    @ValueSource(ints = {3, 5, 11, 21, 101})
    void onAModelOfMeanBrightnessItIsTheAnalyticValueWhateverTheNumberOfSteps(int steps) {
        double a = 8;
        double b = -4.5;
        LinearModel model = ofMean(a, b);
        float[] image = image(17);
        double mean = mean(image);
        Response response = respond(new Brightness(-0.2, 0.25, steps), model, image);

        double analytic = sigmoid(a * (mean + 0.25) + b) - sigmoid(a * (mean - 0.2) + b);
        PropertyGradient gradient = response.gradient(Followed.PROBABILITY, 0, 199, 1);
        assertThat(response.valid()).hasSize(steps);
        assertThat(gradient.expected()).isCloseTo(analytic, within(SINGLE_PRECISION));
        assertThat(gradient.signed()).isCloseTo(analytic, within(SINGLE_PRECISION));
        assertThat(response.gradient(Followed.LOGIT, 0, 199, 1).expected())
                .isCloseTo(a * 0.45, within(a * SINGLE_PRECISION));
    }

    /** Not monotone: {@code p = ½ + ½ sin(2π s)} has {@code ∫|p'| = 2}; central differences at the turning points cost h²-terms. */
    @ParameterizedTest
    @ValueSource(ints = {41, 81, 161})
    void onACurveThatTurnsItConvergesToTheAnalyticValue(int steps) {
        double[] s = steps(steps);
        PropertyGradient gradient = PropertyGradient.of(s, map(s, x -> 0.5 + 0.5 * Math.sin(2 * Math.PI * x)), 19, 1);

        assertThat(gradient.expected()).isCloseTo(2, within(0.02));
    }

    /**
     * When the model does not see the property, what is left is noise that does not know the order of the steps, here a number that
     * is drawn for every step of every image. Kolmogorov–Smirnov on 1,000 images; p-values are multiples of 1/200, so that the
     * distribution function is met at those points. 1.63/√1000 = 0.0515 is the 1% point.
     */
    @Test
    void pValuesAreUniformWhenThePropertyHasNoEffect() {
        int images = 1000;
        int shuffles = 199;
        double[] pValues = new double[images];
        for (int i = 0; i < images; i++) {
            SplitMix64 noise = new SplitMix64(Seeds.of(11, "image " + i));
            double[] values = new double[11];
            for (int k = 0; k < values.length; k++) {
                values[k] = 0.5 + 0.1 * noise.nextNormal();
            }

            pValues[i] = PropertyGradient.of(steps(11), values, shuffles, Seeds.of(3, "image " + i))
                    .pValue();
        }

        Arrays.sort(pValues);
        double distance = 0;
        for (int k = 1; k <= shuffles + 1; k++) {
            double p = k / (shuffles + 1.0);
            long below =
                    Arrays.stream(pValues).filter(value -> value <= p + 1e-9).count();
            distance = Math.max(distance, Math.abs(below / (double) images - p));
        }

        assertThat(distance).isLessThan(0.0515);
    }

    static LinearModel ofMean(double a, double b) {
        InputSpec input = InputSpec.raw(3, 4, 4);
        double[] weights = new double[input.size()];
        Arrays.fill(weights, a / input.size());
        return new LinearModel(input, new double[][] {weights, new double[input.size()]}, new double[] {b, 0});
    }

    /** Values between 0.3 and 0.7, so that a brightness of ±0.25 cuts nothing off. */
    static float[] image(long seed) {
        SplitMix64 random = new SplitMix64(seed);
        float[] image = new float[48];
        for (int i = 0; i < image.length; i++) {
            image[i] = 0.3f + 0.4f * random.nextFloat();
        }

        return image;
    }

    static Response respond(Editor editor, LinearModel model, float[] image) {
        Canvas canvas = Canvas.of(image, model.input(), 7);
        return new Scheduler(new HostDevice(model), 8)
                .run(List.of(new Admission<>(image, () -> new Intervention(editor, canvas).program()))
                        .iterator())
                .next()
                .result();
    }

    private static double mean(float[] image) {
        double sum = 0;
        for (float value : new PlanarImage(3, 4, 4, image).values()) {
            sum += value;
        }

        return sum / image.length;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double[] steps(int count) {
        double[] steps = new double[count];
        Arrays.setAll(steps, i -> i / (count - 1.0));
        return steps;
    }

    private static double[] map(double[] x, DoubleUnaryOperator f) {
        return Arrays.stream(x).map(f).toArray();
    }
}
