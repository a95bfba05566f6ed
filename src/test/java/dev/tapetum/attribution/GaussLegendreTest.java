package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class GaussLegendreTest {

    /** Sums of up to a hundred doubles of size one. */
    private static final Offset<Double> ROUNDING = within(1e-13);

    static IntStream sizes() {
        return IntStream.rangeClosed(1, 100);
    }

    /** The roots of P₁, P₂, P₃ are 0; ±1/√3; 0, ±√(3/5), here moved from [−1, 1] to [0, 1]. */
    @Test
    void smallRulesAreTheKnownOnes() {
        assertThat(GaussLegendre.of(1).nodes()).containsExactly(new double[] {0.5}, ROUNDING);
        assertThat(GaussLegendre.of(1).weights()).containsExactly(new double[] {1}, ROUNDING);

        double two = 1 / Math.sqrt(3);
        assertThat(GaussLegendre.of(2).nodes()).containsExactly(new double[] {(1 - two) / 2, (1 + two) / 2}, ROUNDING);
        assertThat(GaussLegendre.of(2).weights()).containsExactly(new double[] {0.5, 0.5}, ROUNDING);

        double three = Math.sqrt(0.6);
        assertThat(GaussLegendre.of(3).nodes())
                .containsExactly(new double[] {(1 - three) / 2, 0.5, (1 + three) / 2}, ROUNDING);
        assertThat(GaussLegendre.of(3).weights())
                .containsExactly(new double[] {5.0 / 18, 8.0 / 18, 5.0 / 18}, ROUNDING);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void aRuleIsExactUpToItsDegree(int n) {
        GaussLegendre rule = GaussLegendre.of(n);
        for (int degree = 0; degree < 2 * n; degree++) {
            assertThat(integralOfPower(rule, degree)).isCloseTo(1.0 / (degree + 1), ROUNDING);
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void nodesAscendInsideAndWeightsAddUpToOne(int n) {
        GaussLegendre rule = GaussLegendre.of(n);

        assertThat(rule.nodes()).hasSize(n).isSorted().doesNotHaveDuplicates();
        assertThat(rule.nodes()[0]).isPositive();
        assertThat(rule.nodes()[n - 1]).isLessThan(1);
        assertThat(IntStream.range(0, n).mapToDouble(i -> rule.weights()[i]).sum())
                .isCloseTo(1, ROUNDING);
    }

    @Test
    void aRuleIsNotExactBeyondItsDegree() {
        assertThat(integralOfPower(GaussLegendre.of(1), 2)).isEqualTo(0.25);
        assertThat(integralOfPower(GaussLegendre.of(2), 4)).isNotCloseTo(0.2, within(1e-3));
    }

    private static double integralOfPower(GaussLegendre rule, int degree) {
        double sum = 0;
        for (int i = 0; i < rule.nodes().length; i++) {
            sum += rule.weights()[i] * Math.pow(rule.nodes()[i], degree);
        }

        return sum;
    }
}
