package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Toys;
import dev.tapetum.probe.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AgiTest {

    /** Values of size one in float32. */
    private static final double ROUNDING = 1e-5;

    /**
     * Logits (4x − 2, 0), so p₀ = s(4x − 2), and ∇p₁ = −∇p₀ = −4 p₀ p₁ is negative: steps of −0.1 from 0.75 over 0.65 and
     * 0.55 to 0.45, where class 1 is predicted. Each adds 0.1 · 4 p₀ p₁ of its start: 0.4 · (s'(1) + s'(0.6) + s'(0.2)).
     */
    @Test
    void aWayEndsWhereTheFalseClassIsPredicted() {
        LinearModel sigmoid = ofOneNumber(4, -2);

        Outcome<Attribution> outcome = Attributing.outcome(new Agi(0.1, 20, 20), sigmoid, new float[] {0.75f}, 0);

        assertThat(outcome.result().values().sum()).isCloseTo(0.4 * (slope(1) + slope(0.6) + slope(0.2)), within(1e-6));
        assertThat(outcome.result().score()).isEqualTo(1);
        assertThat(outcome.result().completenessDelta()).isNaN();
        assertThat(outcome.cost().gradientMade()).isEqualTo(8);
        assertThat(outcome.cost().forwardMade()).isEqualTo(1);
    }

    /**
     * Logits (4x + 1, 0): class 0 even at black. From 0.15 a step of 0.1 to 0.05, one that is cut off at 0, and two that lead
     * nowhere.
     */
    @Test
    void aWayDoesNotLeaveTheRangeOfPixels() {
        Attribution attribution = Attributing.attribute(new Agi(0.1, 4, 20), ofOneNumber(4, 1), new float[] {0.15f}, 0);

        assertThat(attribution.values().sum()).isCloseTo(4 * (0.1 * slope(1.6) + 0.05 * slope(1.2)), within(1e-6));
        assertThat(attribution.evaluations()).isEqualTo(1 + 2 * 4);
    }

    @Test
    void aClassThatIsPredictedAlreadyAddsNothing() {
        Attribution attribution =
                Attributing.attribute(new Agi(0.1, 20, 20), ofOneNumber(4, -2), new float[] {0.75f}, 1);

        assertThat(attribution.values().values()).containsOnly(0);
        assertThat(attribution.evaluations()).isEqualTo(3);
    }

    /** Against plain loops in doubles. With one class, only the most probable of the others counts. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 20})
    void theMostProbableFalseClassesCount(int classes) {
        LinearModel linear = Toys.linear();
        float[] image = Toys.image(4);
        double[] logits = logits(linear, doubles(image));
        int target = argmax(logits);
        List<Integer> rivals = IntStream.range(0, logits.length)
                .filter(k -> k != target)
                .boxed()
                .sorted((a, b) -> Double.compare(logits[b], logits[a]))
                .limit(classes)
                .toList();
        double[] expected = new double[image.length];
        for (int rival : rivals) {
            walk(linear, image, target, rival, expected);
        }

        float[] values = Attributing.values(new Agi(0.02, 15, classes), linear, image, target);

        assertThat(doubles(values)).containsExactly(expected, within(ROUNDING));
    }

    @Test
    void impossibleParametersAreRefused() {
        assertThatThrownBy(() -> new Agi(0, 20, 20))
                .hasMessage("epsilon is a fraction of the way from black to white, above zero, not 0.0");
        assertThatThrownBy(() -> new Agi(0.05, 0, 20))
                .hasMessage("steps is the number of steps of the path, at least 1, not 0");
        assertThatThrownBy(() -> new Agi(0.05, 20, 0))
                .hasMessage("classes is the number of false classes, at least 1, not 0");
    }

    private static void walk(LinearModel linear, float[] image, int target, int rival, double[] sum) {
        double[] z = doubles(image);
        for (int t = 0; t < 15 && argmax(logits(linear, z)) != rival; t++) {
            double[] ofTrue = gradient(linear, z, target);
            double[] ofFalse = gradient(linear, z, rival);
            for (int i = 0; i < z.length; i++) {
                double low = Toys.INPUT.level(0).get(i / 16);
                double high = Toys.INPUT.level(1).get(i / 16);
                double next = z[i] + 0.02 * (high - low) * Math.signum(ofFalse[i]);
                next = Math.min(Math.max(next, low), high);
                sum[i] -= ofTrue[i] * (next - z[i]);
                z[i] = next;
            }
        }
    }

    private static double[] gradient(LinearModel linear, double[] x, int of) {
        double[] p = Arrays.stream(logits(linear, x)).map(Math::exp).toArray();
        double total = Arrays.stream(p).sum();
        double[] gradient = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double mean = 0;
            for (int k = 0; k < p.length; k++) {
                mean += p[k] / total * linear.weights()[k][i];
            }

            gradient[i] = p[of] / total * (linear.weights()[of][i] - mean);
        }

        return gradient;
    }

    private static double[] logits(LinearModel linear, double[] x) {
        double[] logits = linear.bias().clone();
        for (int k = 0; k < logits.length; k++) {
            for (int i = 0; i < x.length; i++) {
                logits[k] += linear.weights()[k][i] * x[i];
            }
        }

        return logits;
    }

    private static int argmax(double[] logits) {
        return IntStream.range(0, logits.length)
                .reduce((a, b) -> logits[b] > logits[a] ? b : a)
                .orElseThrow();
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    private static LinearModel ofOneNumber(double weight, double bias) {
        return new LinearModel(InputSpec.raw(1, 1, 1), new double[][] {{weight}, {0}}, new double[] {bias, 0});
    }

    /** The derivative of the logistic function. */
    private static double slope(double x) {
        double p = 1 / (1 + Math.exp(-x));
        return p * (1 - p);
    }
}
