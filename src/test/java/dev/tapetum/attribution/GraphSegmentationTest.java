package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.LinearModel;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Toys;
import dev.tapetum.probe.PixelLabels;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Distances are fractions of the range from black to white, and k is scale / 255. */
final class GraphSegmentationTest {

    /**
     * 0, 0.1, 0.2 | 0.9, 1 in a row with k = 0.12. The equal steps of 0.1 come from the left (in single precision the second
     * and the last are a trifle larger). Pixels 0 and 1 join, 0.1 ≤ 0.12. Pixel 2 does not: Int + k/2 = 0.1 + 0.06 allows 0.16
     * and pixel 2 alone 0.12, so 0.1 joins it. Pixels 3 and 4 join. The step of 0.7 is more than 0.1 + 0.12/3.
     */
    @Test
    void aRowFallsApartAtItsLargeStep() {
        assertThat(labels(row(0, 0.1f, 0.2f, 0.9f, 1), 0.12 * 255, 1)).containsExactly(0, 0, 0, 1, 1);
    }

    /** With k = 0.05 even a step of 0.1 is too much for single pixels, and what is equal still joins. */
    @Test
    void aSmallScaleLeavesOnlyEqualNeighboursTogether() {
        assertThat(labels(row(0, 0.1f, 0.1f, 0.2f), 0.05 * 255, 1)).containsExactly(0, 1, 1, 2);
    }

    /**
     * 0, 0, 0, 0 | 0.3 | 1, 1 with k = 0.1: steps of 0.3 and 0.7 join nothing. A segment of one is too small for a minimum of
     * 2, and the smaller step, to the left, takes it in; for a minimum of 3 the pair on the right goes along, too.
     */
    @Test
    void whatIsTooSmallJoinsItsNearestNeighbour() {
        Subject subject = row(0, 0, 0, 0, 0.3f, 1, 1);

        assertThat(labels(subject, 0.1 * 255, 1)).containsExactly(0, 0, 0, 0, 1, 2, 2);
        assertThat(labels(subject, 0.1 * 255, 2)).containsExactly(0, 0, 0, 0, 0, 1, 1);
        assertThat(labels(subject, 0.1 * 255, 3)).containsOnly(0);
    }

    /** Equal pixels that touch at a corner belong together, to the right and to the left. */
    @Test
    void neighboursAreAlsoThoseAtTheCorners() {
        Subject falling = subject(InputSpec.raw(1, 2, 2), 0, 1, 1, 0);

        assertThat(labels(falling, 1, 1)).containsExactly(0, 1, 1, 0);
    }

    /** Both channels differ by 0.3 and 0.4, so the distance is 0.5 whatever the normalisation. */
    @Test
    void coloursAreComparedOnTheScaleFromBlackToWhite() {
        InputSpec input = new InputSpec(2, 1, 2, List.of(0.5f, 0.4f), List.of(0.25f, 2f));
        Subject subject = subject(input, 0, 0.3f / 0.25f, 0, 0.4f / 2);

        assertThat(labels(subject, 0.49 * 255, 1)).containsExactly(0, 1);
        assertThat(labels(subject, 0.51 * 255, 1)).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 50, 200, 1000})
    void noSegmentIsSmallerThanTheMinimumAndLargerScalesGiveFewerSegments(double scale) {
        InputSpec input = InputSpec.raw(3, 24, 31);
        GraphSegmentation segmentation = GraphSegmentation.of(subject(input, Toys.image(input, 5)), 0.8);

        PixelLabels labels = segmentation.segments(scale, 12);

        assertThat(IntStream.range(0, labels.count()).map(labels::size)).allMatch(size -> size >= 12);
        assertThat(labels.count())
                .isGreaterThanOrEqualTo(segmentation.segments(2 * scale, 12).count());
    }

    /**
     * The demo's images as scikit-image cuts them up ({@code src/test/python/make_segmentation_fixtures.py}): pixel for pixel,
     * although its blur is cut off earlier and its distances are doubles.
     */
    @ParameterizedTest
    @ValueSource(strings = {"scale_50", "scale_250", "scale_1200"})
    void theDemosImagesFallApartAsInScikitImage(String array) {
        Fixtures fixtures = Fixtures.of("segments");
        ModelBundle bundle = Fixtures.demoModel("cnn");
        float[][] images = Fixtures.of("cnn").perImage("inputs");
        for (int image = 0; image < images.length; image++) {
            Subject subject = Subject.of(images[image], 0, bundle.card(), 0);
            float[] expected = fixtures.perImage(array)[image];
            int[] actual = labels(GraphSegmentation.of(subject, 0.8)
                    .segments(Double.parseDouble(array.substring("scale_".length())), 12));

            assertThat(actual).as("%s of image %d", array, image).containsExactly(ints(expected));
        }
    }

    private static int[] ints(float[] values) {
        return IntStream.range(0, values.length).map(i -> (int) values[i]).toArray();
    }

    private static Subject row(float... values) {
        return subject(InputSpec.raw(1, 1, values.length), values);
    }

    private static Subject subject(InputSpec input, float... pixels) {
        LinearModel model = new LinearModel(input, new double[1][input.size()], new double[1]);
        ModelCard card = Toys.card(model);
        return Subject.of(pixels, 0, card, 0);
    }

    private static int[] labels(Subject subject, double scale, double smallest) {
        return labels(GraphSegmentation.of(subject, 0).segments(scale, smallest));
    }

    private static int[] labels(PixelLabels labels) {
        return IntStream.range(0, labels.pixels()).map(labels::of).toArray();
    }
}
