package dev.tapetum.prototype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.InputSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiversityTest {

    /** In doubles. */
    private static final double ROUNDING = 1e-12;

    /** Four values in a row are two blocks of two, since there shall be two along each side: means (1, 0) and (1, 1). */
    @Test
    void itIsTheCosineBetweenTheMeansOverBlocks() {
        Diversity row = new Diversity(InputSpec.raw(1, 1, 4));

        assertThat(row.value(0, List.of(new double[] {2, 0, 3, -3}, new double[] {1, 1, 0, 2})))
                .isCloseTo(Math.sqrt(0.5), within(ROUNDING));
    }

    /** Five values in a row are blocks of two, two and one: means (1, 0, 3) and (0, 0, 1). */
    @Test
    void aBlockThatIsCutOffHasTheMeanOfWhatItHas() {
        Diversity row = new Diversity(InputSpec.raw(1, 1, 5));

        assertThat(row.value(1, List.of(new double[] {2, 0, 0, 0, 3}, new double[] {0, 0, 0, 0, 1})))
                .isCloseTo(3 / Math.sqrt(10), within(ROUNDING));
    }

    /** Ten by nine: blocks of four whose last row is two high and whose last column is one wide. */
    @Test
    void itsGradientIsItsDerivativeByTheOwnDrawing() {
        InputSpec input = InputSpec.raw(2, 10, 9);
        Diversity diversity = new Diversity(input);
        List<double[]> ways = List.of(
                Drawings.normal(input.size(), 1), Drawings.normal(input.size(), 2), Drawings.normal(input.size(), 3));

        double[] gradient = diversity.gradient(0.7, 1, ways);

        double step = 1e-5;
        for (int i = 0; i < gradient.length; i++) {
            double difference =
                    (diversity.value(1, moved(ways, i, step)) - diversity.value(1, moved(ways, i, -step))) / (2 * step);
            assertThat(gradient[i]).isCloseTo(0.7 * difference, within(1e-9));
        }
    }

    /** Ways of 0 and of one's own length: the mean over the two others is half of the single cosine. */
    @Test
    void aDrawingThatHasNotMovedHasNoDirection() {
        InputSpec input = InputSpec.raw(1, 8, 8);
        Diversity diversity = new Diversity(input);
        double[] way = Drawings.normal(input.size(), 1);
        List<double[]> ways = List.of(way, new double[input.size()], way);

        assertThat(diversity.value(0, ways)).isCloseTo(0.5, within(ROUNDING));
        assertThat(diversity.gradient(1, 1, ways)).containsOnly(0);
        assertThat(diversity.gradient(1, 0, List.of(way))).containsOnly(0);
        assertThat(diversity.value(0, List.of(way))).isZero();
    }

    private static List<double[]> moved(List<double[]> ways, int i, double step) {
        List<double[]> moved = new ArrayList<>(ways);
        moved.set(1, ways.get(1).clone());
        moved.get(1)[i] += step;
        return moved;
    }
}
