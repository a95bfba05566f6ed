package dev.tapetum.attributionmetric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.attribution.InputXGradient;
import dev.tapetum.attribution.Saliency;
import dev.tapetum.attributionmetric.Changes.Copy;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.LinearModel;
import dev.tapetum.probe.Stimulus;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StabilityTest {

    private static final Perturbation TENTH = new Perturbation.Sign(0.1);
    private static final LinearModel THREE = Measuring.row(3);
    private static final float[] HALF = {0.5f};
    private static final double TOLERANCE = 1e-6;

    @Test
    void sensitivityIsTheRelativeChangeOfTheMap() {
        // a = 3·0.5, and the pixel moves by 0.1 one way or the other: 0.3 / 1.5.
        assertThat(Measuring.measure(new MaxSensitivity(TENTH, 4), new InputXGradient(), THREE, HALF, null))
                .isCloseTo(0.2, within(TOLERANCE));
    }

    @Test
    void theLipschitzConstantOfALinearMapIsItsSlope() {
        assertThat(Measuring.measure(
                        new LocalLipschitz(new Perturbation.Gaussian(0.05), 4),
                        new InputXGradient(),
                        THREE,
                        HALF,
                        null))
                .isCloseTo(3, within(1e-5));
    }

    @Test
    void thereIsNoSlopeWhereNothingMoved() {
        Explanation explanation = Measuring.explanation(new Saliency(false), null, 1, 2);

        assertThat(new LocalLipschitz(TENTH, 2).value(explanation, List.of(copy(1, 2), copy(1, 2))))
                .isNaN();
    }

    static Stream<AttributionMetric> overlaps() {
        return Stream.of(
                new TopK(0.4, TENTH, 2),
                new LocalTopK(0.4, 1, Overlap.RECALL, TENTH, 2),
                new DiverseTopK(0.4, 1, false, Overlap.PRECISION, TENTH, 2),
                new RankStability(Correlation.SPEARMAN, 0, TENTH, 2),
                new RankStability(Correlation.KENDALL, 1, TENTH, 2));
    }

    /** The gradient of a linear model is the same everywhere. */
    @ParameterizedTest
    @MethodSource("overlaps")
    void aMapThatDoesNotChangeIsStable(AttributionMetric metric) {
        float[] pixels = {0.5f, 0.4f, 0.3f, 0.2f, 0.6f};

        assertThat(Measuring.measure(metric, new Saliency(false), Measuring.row(5, 4, 3, 2, 1), pixels, null))
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void overlapsAreAveragedOverTheCopies() {
        // S = {0, 1}; the copies have {1, 4} and {0, 1}: ½ and 1.
        Explanation explanation = Measuring.explanation(new Saliency(false), null, 2, 1, 0, 0, 0);
        List<Copy> copies = List.of(copy(0, 2, 0, 0, 1), copy(2, -1, 0, 0, 0));

        assertThat(new TopK(0.4, TENTH, 2).value(explanation, copies)).isEqualTo(0.75);
    }

    @Test
    void spreadPixelsAreComparedWithAndWithoutTheirWindows() {
        // Two of six with windows of three: D = {0, 2}, D' = {1, 3}; none is the same, all are neighbours.
        Explanation explanation = Measuring.explanation(new Saliency(false), null, 9, 0, 8, 0, 0, 0);
        List<Copy> copies = List.of(copy(0, 9, 0, 8, 0, 0));

        assertThat(new DiverseTopK(1 / 3.0, 1, false, Overlap.PRECISION, TENTH, 1).value(explanation, copies))
                .isEqualTo(0);
        assertThat(new DiverseTopK(1 / 3.0, 1, true, Overlap.PRECISION, TENTH, 1).value(explanation, copies))
                .isEqualTo(1);
        assertThat(new DiverseTopK(1 / 3.0, 1, true, Overlap.RECALL, TENTH, 1).value(explanation, copies))
                .isEqualTo(1);
    }

    @Test
    void ranksAreComparedByCorrelation() {
        // Ranks 1 2 3 4 and 1 2 4 3: Spearman 1 − 6·2/(4·15) = 0.8, Kendall (5 − 1)/6.
        Explanation explanation = Measuring.explanation(new Saliency(false), null, 1, 2, 3, 4);
        List<Copy> copies = List.of(copy(1, 2, 4, 3));

        assertThat(new RankStability(Correlation.SPEARMAN, 0, TENTH, 1).value(explanation, copies))
                .isCloseTo(0.8, within(1e-12));
        assertThat(new RankStability(Correlation.KENDALL, 0, TENTH, 1).value(explanation, copies))
                .isCloseTo(2 / 3.0, within(1e-12));
    }

    @Test
    void windowsAreAveragedOverWhatLiesInTheImage() {
        float[] map = {1, 2, 3, 4, 5, 6};

        // Two rows of three; the corner's window has 1, 2, 4, 5, the middle's all six.
        assertThat(RankStability.smoothed(map, InputSpec.raw(1, 2, 3), 1))
                .containsExactly(new double[] {3, 3.5, 4, 3, 3.5, 4}, within(1e-12));
        assertThat(RankStability.smoothed(map, InputSpec.raw(1, 2, 3), 0)).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void equalWindowsHaveEqualMeans() {
        // The two empty stretches must stay tied, whatever lies between them.
        float[] map = {0, 0, 0, 0.1f, 0.7f, 0, 0, 0};
        double[] smoothed = RankStability.smoothed(map, InputSpec.raw(1, 1, 8), 1);

        assertThat(smoothed[0]).isEqualTo(smoothed[7]).isEqualTo(smoothed[1]).isZero();
    }

    @Test
    void aMethodThatIgnoresTheClassCorrelatesWithItself() {
        // Both classes have the same moduli of weights, so the absolute maps are equal.
        LinearModel model =
                new LinearModel(InputSpec.raw(1, 1, 3), new double[][] {{1, 2, 3}, {-1, 2, -3}}, new double[2]);

        assertThat(Measuring.measure(
                        new RandomLogit(Correlation.SPEARMAN),
                        new Saliency(false),
                        model,
                        new float[] {0.5f, 0.5f, 0.5f},
                        null))
                .isCloseTo(1, within(1e-12));
    }

    /** The other class ranks the pixels the other way round. */
    @Test
    void anotherClassIsHeldAgainstTheTarget() {
        LinearModel model =
                new LinearModel(InputSpec.raw(1, 1, 3), new double[][] {{1, 2, 3}, {3, 2, 1}}, new double[2]);

        assertThat(Measuring.measure(
                        new RandomLogit(Correlation.SPEARMAN),
                        new Saliency(false),
                        model,
                        new float[] {0.5f, 0.5f, 0.5f},
                        null))
                .isCloseTo(-1, within(1e-12));
    }

    @Test
    void complexityCountsThePixelsThatMatter() {
        // Above a tenth of 9: 9, −5 and 1 of five.
        assertThat(new EffectiveComplexity(0.1)
                        .value(Measuring.explanation(new Saliency(false), null, 9, -5, 1, 0.9f, 0)))
                .isEqualTo(0.6);
        assertThat(new EffectiveComplexity(0.1).value(Measuring.explanation(new Saliency(false), null, 0, 0)))
                .isNaN();
    }

    @ParameterizedTest
    @MethodSource("onCopies")
    void copiesWhoseMapIsNotFiniteSayNothing(AttributionMetric metric) {
        // Grey is 1 here, white 2: the weights times the image's pixels are just finite, and times brighter ones are
        // not.
        InputSpec input = new InputSpec(1, 1, 4, List.of(0f), List.of(0.5f));
        double[] weights = {1, 2, Float.MAX_VALUE, Float.MAX_VALUE};
        LinearModel model = new LinearModel(input, new double[][] {weights, new double[4]}, new double[2]);
        float[] grey = {1, 1, 1, 1};

        assertThat(Measuring.measure(new EffectiveComplexity(0.1), new InputXGradient(), model, grey, null))
                .isEqualTo(0.5);
        assertThat(Measuring.measure(metric, new InputXGradient(), model, grey, null))
                .isNaN();
    }

    static Stream<AttributionMetric> onCopies() {
        return Stream.concat(
                overlaps(),
                Stream.of(
                        new MaxSensitivity(TENTH, 2),
                        new LocalLipschitz(TENTH, 2),
                        new RelativeInputStability(TENTH, 2),
                        new RelativeOutputStability(TENTH, 2)));
    }

    private static Copy copy(float... map) {
        return new Copy(Stimulus.ORIGINAL, Measuring.attribution(map));
    }
}
