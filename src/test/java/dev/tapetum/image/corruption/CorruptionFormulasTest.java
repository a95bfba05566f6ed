package dev.tapetum.image.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.image.PlanarImage;
import dev.tapetum.spec.SplitMix64;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each corruption on an input for which the result can be worked out by hand. */
final class CorruptionFormulasTest {
    private static final int SIDE = 256;

    /** Rounding of single precision on [0, 1]. */
    private static final float FLOAT = 1e-6f;

    /** Standard errors that a mean or a variance of random numbers may lie away. */
    private static final double STANDARD_ERRORS = 5;

    private static final int PLATES = 60;

    @Test
    void gaussianNoiseHasItsDeviation() {
        double[] moments = moments(new GaussianNoise(0.08, 3).apply(grey(0.5f)));

        // Six deviations lie between grey and black, so nothing is cut off. The variance of a variance is 2σ⁴/n.
        assertThat(moments[0]).isCloseTo(0.5, within(STANDARD_ERRORS * 0.08 / SIDE));
        assertThat(moments[1]).isCloseTo(0.08 * 0.08, within(STANDARD_ERRORS * 0.08 * 0.08 * Math.sqrt(2) / SIDE));
    }

    /** A count of mean 18 over 60: mean 0.3, variance 0.3/60; the fourth moment of a Poisson count is {@code 3m² + m}. */
    @Test
    void shotNoiseHasTheMeanAndTheVarianceOfItsCounts() {
        double[] moments = moments(new ShotNoise(60, 4).apply(grey(0.3f)));

        double variance = 0.3 / 60;
        assertThat(moments[0]).isCloseTo(0.3, within(STANDARD_ERRORS * Math.sqrt(variance) / SIDE));
        assertThat(moments[1]).isCloseTo(variance, within(STANDARD_ERRORS * variance * Math.sqrt(2 + 1 / 18.0) / SIDE));
    }

    /** A count of mean 3 · 0.2 is zero with probability {@code exp(−0.6)}, and every value is a whole number of thirds. */
    @Test
    void shotNoiseOfFewPhotonsIsWholePhotons() {
        float[] values = new ShotNoise(3, 5).apply(grey(0.2f)).values();

        int dark = 0;
        for (float value : values) {
            assertThat(value * 3).isCloseTo(Math.round(value * 3), within(FLOAT * 3));
            dark += value == 0 ? 1 : 0;
        }

        double share = Math.exp(-0.6);
        assertThat((double) dark / values.length)
                .isCloseTo(share, within(STANDARD_ERRORS * Math.sqrt(share * (1 - share)) / SIDE));
        assertThat(new ShotNoise(3, 5).apply(grey(0)).values()).containsOnly(0f);
    }

    @Test
    void impulseNoiseIsAsMuchSaltAsPepper() {
        float[] values = new ImpulseNoise(0.27, 6).apply(grey(0.5f)).values();

        int salt = 0;
        int pepper = 0;
        for (float value : values) {
            salt += value == 1 ? 1 : 0;
            pepper += value == 0 ? 1 : 0;
            assertThat(value == 0 || value == 0.5f || value == 1).isTrue();
        }

        double allowed = STANDARD_ERRORS * Math.sqrt(0.135 * 0.865) / SIDE;
        assertThat((double) salt / values.length).isCloseTo(0.135, within(allowed));
        assertThat((double) pepper / values.length).isCloseTo(0.135, within(allowed));
    }

    /** Of V = 0.4 and 0.1 more, every channel is 5/4; of V = 0.9 and 0.5 more, V' is cut to 1 and every channel is 10/9. */
    @Test
    void brightnessKeepsHueAndSaturation() {
        PlanarImage colours = new PlanarImage(3, 1, 2, new float[] {0.2f, 0, 0.4f, 0, 0.1f, 0});
        assertThat(new Brightness(0.1).apply(colours).values())
                .containsExactly(new float[] {0.25f, 0.1f, 0.5f, 0.1f, 0.125f, 0.1f}, within(FLOAT));

        PlanarImage orange = new PlanarImage(3, 1, 1, new float[] {0.9f, 0.45f, 0});
        assertThat(new Brightness(0.5).apply(orange).values()).containsExactly(new float[] {1, 0.5f, 0}, within(FLOAT));
    }

    /** Around the means 0.4 and 0.8, and 0.4 of the way out. */
    @Test
    void contrastDrawsEveryChannelToItsMean() {
        PlanarImage image = new PlanarImage(3, 1, 2, new float[] {0.2f, 0.6f, 0.7f, 0.9f, 0.5f, 0.5f});

        assertThat(new Contrast(0.4).apply(image).values())
                .containsExactly(new float[] {0.32f, 0.48f, 0.76f, 0.84f, 0.5f, 0.5f}, within(FLOAT));
    }

    /** Three cells over five pixels begin at 0, 1.67 and 3.33: the middles of two, one and two pixels lie in them. */
    @Test
    void pixelationAveragesCells() {
        float[] ramp = {0.1f, 0.3f, 0.4f, 0.5f, 0.9f};
        float[] cells = {0.2f, 0.2f, 0.4f, 0.7f, 0.7f};
        float[] rows = new float[25];
        float[] columns = new float[25];
        float[] expectedRows = new float[25];
        float[] expectedColumns = new float[25];
        for (int i = 0; i < 25; i++) {
            rows[i] = ramp[i / 5];
            columns[i] = ramp[i % 5];
            expectedRows[i] = cells[i / 5];
            expectedColumns[i] = cells[i % 5];
        }

        Pixelate pixelate = new Pixelate(0.6);
        assertThat(pixelate.apply(new PlanarImage(1, 5, 5, rows)).values())
                .containsExactly(expectedRows, within(FLOAT));
        assertThat(pixelate.apply(new PlanarImage(1, 5, 5, columns)).values())
                .containsExactly(expectedColumns, within(FLOAT));
    }

    /** A disc of radius 1 is a pixel and its four neighbours; a Gaussian of 0.1 pixels weighs a neighbour {@code exp(−50)}. */
    @Test
    void defocusSpreadsAPointOverADisc() {
        float[] blurred = new DefocusBlur(1, 0.1, 1).apply(point(9, 4, 4)).values();

        for (int i = 0; i < 81; i++) {
            int distance = Math.abs(i / 9 - 4) + Math.abs(i % 9 - 4);
            assertThat(blurred[i]).isCloseTo(distance <= 1 ? 0.2f : 0, within(FLOAT));
        }
    }

    /** On the grid of thirds, a disc of radius 0.7 covers all nine points of its own pixel and two of each neighbour, at 2/3. */
    @Test
    void aSmallDiscIsCountedOnAFinerGrid() {
        float[] blurred = new DefocusBlur(0.7, 0.1, 3).apply(point(9, 4, 4)).values();

        // (2/3, 0) is at 0.667; (2/3, 1/3) at 0.745 is outside: 9 + 4 · 1 points.
        assertThat(blurred[4 * 9 + 4]).isCloseTo(9 / 13f, within(FLOAT));
        assertThat(blurred[4 * 9 + 5]).isCloseTo(1 / 13f, within(FLOAT));
        assertThat(blurred[5 * 9 + 5]).isCloseTo(0, within(FLOAT));
    }

    /** A pixel looks to the right, so that a point leaves a trail to its left, of weights {@code exp(−i²/2σ²)}. */
    @Test
    void motionLeavesATrailOnOneSide() {
        float[] blurred = Plane.eachChannel(point(15, 7, 7), new MotionTrail(1.5, 2, 0)::apply)
                .values();
        double sum = 0;
        for (int i = 0; i < 5; i++) {
            sum += Math.exp(-i * i / 8.0);
        }

        for (int i = 0; i < 5; i++) {
            assertThat(blurred[7 * 15 + 7 - i]).isCloseTo((float) (Math.exp(-i * i / 8.0) / sum), within(FLOAT));
        }

        assertThat(blurred[7 * 15 + 8]).isZero();
        assertThat(blurred[7 * 15 + 2]).isZero();
    }

    /** Downwards at 90°, and along the diagonal at 45°, where i/√2 = 0.71 and 1.41 are rounded to 1 each. */
    @Test
    void motionGoesClockwiseFromTheRight() {
        float[] down = Plane.eachChannel(point(9, 4, 4), new MotionTrail(1, 2, 90)::apply)
                .values();
        float[] diagonal = Plane.eachChannel(point(9, 4, 4), new MotionTrail(1, 2, 45)::apply)
                .values();

        assertThat(down[3 * 9 + 4]).isGreaterThan(0.2f);
        assertThat(down[5 * 9 + 4]).isZero();
        double first = Math.exp(-1 / 8.0);
        double second = Math.exp(-4 / 8.0);
        assertThat(diagonal[3 * 9 + 3]).isCloseTo((float) ((first + second) / (1 + first + second)), within(FLOAT));
    }

    /** Of 8 pixels and zoom 2 the middle 4 are kept, and become 8: from sample 2 to sample 5 in steps of 3/7. */
    @Test
    void zoomStretchesTheMiddle() {
        Plane ramp = Plane.blank(8, 8);
        for (int i = 0; i < 64; i++) {
            ramp.values()[i] = i % 8;
        }

        Plane zoomed = ClippedZoom.apply(ramp, 2);
        for (int i = 0; i < 64; i++) {
            assertThat(zoomed.values()[i]).isCloseTo(2 + (i % 8) * 3 / 7.0, within(1e-12));
        }
    }

    /** Of 10 pixels and zoom 4 the middle 3 from sample 3 on become 12, in steps of 2/11; the first and the last are cut off. */
    @Test
    void zoomKeepsTheMiddleOfWhatItStretched() {
        Plane ramp = Plane.blank(10, 10);
        for (int i = 0; i < 100; i++) {
            int row = i / 10;
            ramp.values()[i] = row;
        }

        Plane zoomed = ClippedZoom.apply(ramp, 4);
        for (int i = 0; i < 100; i++) {
            assertThat(zoomed.values()[i]).isCloseTo(3 + (i / 10 + 1) * 2 / 11.0, within(1e-12));
        }
    }

    /** The factors 1, 1.5 and the image itself: {@code (2v + zoomed)/3}; 6 of 8 samples are kept and become 9. */
    @Test
    void zoomBlurCountsTheImageTwice() {
        float[] ramp = new float[64];
        for (int i = 0; i < 64; i++) {
            ramp[i] = i % 8 / 8f;
        }

        float[] blurred =
                new ZoomBlur(2, 0.5).apply(new PlanarImage(1, 8, 8, ramp)).values();
        for (int i = 0; i < 64; i++) {
            double zoomed = (1 + (i % 8) * 5 / 8.0) / 8;
            assertThat(blurred[i]).isCloseTo((float) ((2 * ramp[i] + zoomed) / 3), within(FLOAT));
        }
    }

    /** No flakes above the threshold: {@code 0.8 · 0.2 + 0.2 · max(0.2, 1.5 · 0.2 + 0.5)} = 0.32. */
    @Test
    void snowWhitensWhereNoFlakeFalls() {
        float[] values =
                new Snow(-10, 0.3, 2, 0.5, 3, 2, 0.8, 1).apply(grey(0.2f)).values();

        assertThat(values).containsOnly(values[0]);
        assertThat(values[0]).isCloseTo(0.32f, within(FLOAT));
    }

    /** On black and unmixed there are only the flakes and the turned flakes. */
    @Test
    void snowFallsBothWays() {
        float[] values = new Snow(0.1, 0.3, 3, 0.5, 10, 4, 1, 2).apply(grey(0)).values();

        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isEqualTo(values[values.length - 1 - i]);
            sum += values[i];
        }

        assertThat(sum / values.length).isBetween(0.01, 0.2);
    }

    /** The trails lie within 45° of upright, so that neighbours above each other differ less than neighbours side by side. */
    @Test
    void snowFallsDown() {
        double upright = 0;
        double sideways = 0;
        for (int seed = 0; seed < 10; seed++) {
            float[] values =
                    new Snow(0.1, 0.3, 3, 0.5, 10, 4, 1, seed).apply(grey(0)).values();
            for (int i = 0; i < values.length - SIDE; i++) {
                upright += Math.abs(values[i + SIDE] - values[i]);
                sideways += i % SIDE == SIDE - 1 ? 0 : Math.abs(values[i + 1] - values[i]);
            }
        }

        assertThat(upright).isLessThan(0.8 * sideways);
    }

    /** The fog of a whole map reaches from 0 to 1: of m = 0.5 and a = 1.5, from 0.5/4 to 2/4. */
    @Test
    void fogReachesFromItsLeastToItsMost() {
        float[] values = new Fog(1.5, 2, 7).apply(grey(0.5f)).values();
        float[] sorted = values.clone();
        Arrays.sort(sorted);

        assertThat(sorted[0]).isCloseTo(0.125f, within(FLOAT));
        assertThat(sorted[sorted.length - 1]).isCloseTo(0.5f, within(FLOAT));
    }

    /** The middle of a map of 2×2 is its one corner and a number up to 10⁴, and so are the two middles of its diamonds. */
    @Test
    void aPlasmaFractalIsStretchedToItsWholeRange() {
        for (int seed = 0; seed < 20; seed++) {
            double[] map = PlasmaFractal.draw(2, 2, new SplitMix64(seed)).values();
            double[] sorted = map.clone();
            Arrays.sort(sorted);

            assertThat(map).hasSize(4);
            assertThat(sorted[0]).isZero();
            assertThat(sorted[3]).isEqualTo(1);
        }
    }

    @Test
    void nothingMovesWithoutDisplacement() {
        PlanarImage scene = Fixtures.image("scene");

        assertThat(new Elastic(0, 2, 0, 1).apply(scene).values()).containsExactly(scene.values(), within(FLOAT));
    }

    /** A ramp read elsewhere shows how far: displacements of α/σ · 1/√3 · 1/(2√π) (white noise under a Gaussian of σ). */
    @Test
    void elasticMovesPixelsAsFarAsItsParametersSay() {
        PlanarImage ramp = grey(0);
        for (int i = 0; i < ramp.values().length; i++) {
            ramp.values()[i] = (i % SIDE) / (float) SIDE;
        }

        float[] moved = new Elastic(12.2, 2.44, 0, 8).apply(ramp).values();
        double squares = 0;
        int count = 0;
        for (int i = 0; i < moved.length; i++) {
            if (i % SIDE > 8 && i % SIDE < SIDE - 8) {
                double displacement = (moved[i] - ramp.values()[i]) * SIDE;
                squares += displacement * displacement;
                count++;
            }
        }

        // Some 256²/(4π · 2.44²) = 880 independent displacements: five standard errors of a deviation are 12%.
        double expected = 12.2 / 2.44 / Math.sqrt(3) / (2 * Math.sqrt(Math.PI));
        assertThat(Math.sqrt(squares / count)).isCloseTo(expected, within(0.12 * expected));
    }

    /**
     * With corners that are moved by up to one pixel, what is seen at a corner is moved back by as much, apart from products of
     * two such moves over the square's side of 170: uniform on [−1, 1], of variance 1/3. Five standard errors of the variance of
     * 200 uniform numbers are 32%.
     */
    @Test
    void elasticMovesTheCornersOfItsSquare() {
        PlanarImage ramp = grey(0);
        for (int i = 0; i < ramp.values().length; i++) {
            ramp.values()[i] = (i % SIDE) / (float) SIDE;
        }

        int corner = SIDE / 2 + SIDE / 3;
        double squares = 0;
        for (int seed = 0; seed < 200; seed++) {
            float seen = new Elastic(0, 0.1, 1, seed).apply(ramp).at(0, corner, corner);
            squares += Math.pow(seen * SIDE - corner, 2);
        }

        assertThat(squares / 200).isCloseTo(1 / 3.0, within(0.32 / 3));
    }

    /** A pixel takes the value of one that lies up to two rows and columns before it, or one after. */
    @Test
    void glassTakesPixelsFromNearBy() {
        PlanarImage columns = grey(0);
        for (int i = 0; i < columns.values().length; i++) {
            columns.values()[i] = (i % SIDE) / (float) SIDE;
        }

        // So small a Gaussian leaves every pixel alone.
        float[] moved = new GlassBlur(0.05, 2, 1, 3).apply(columns).values();
        int[] seen = new int[4];
        for (int i = 0; i < moved.length; i++) {
            int column = i % SIDE;
            int row = i / SIDE;
            if (row > 2 && row <= SIDE - 2 && column > 2 && column <= SIDE - 2) {
                int from = Math.round(moved[i] * SIDE) - column;
                // What stands to the right or below may have been replaced before, and come from farther away.
                if (from >= -2 && from <= 1) {
                    seen[from + 2]++;
                }
            } else {
                assertThat(moved[i]).isEqualTo(columns.values()[i]);
            }
        }

        assertThat(seen).doesNotContain(0);
    }

    /**
     * What a plate keeps of its photograph, over 60 plates: the channels' means, and their deviations within a crop. The mean
     * of a crop varies by about half of the deviation, of which five standard errors are 0.33 deviations.
     */
    @ParameterizedTest
    @EnumSource(FrostPlate.class)
    void frostIsLikeItsPhotographs(FrostPlate plate) {
        double[] mean = new double[3];
        double[] deviation = new double[3];
        for (int seed = 0; seed < PLATES; seed++) {
            double[] statistics = ImageStatistics.of(plate.draw(3, 224, 224, 1, new SplitMix64(seed)));
            for (int c = 0; c < 3; c++) {
                mean[c] += statistics[c] / PLATES;
                deviation[c] += Math.sqrt(statistics[3 + c]) / PLATES;
            }
        }

        for (int c = 0; c < 3; c++) {
            double photographed = plate.deviation(3)[c];
            assertThat(mean[c]).isCloseTo(plate.mean(3)[c], within(0.33 * photographed));
            assertThat(deviation[c]).isCloseTo(photographed, within(0.1 * photographed));
        }
    }

    /** The shares of the photographs' variance in eight rings of frequency; the fit of the octaves meets them within 19%. */
    @Test
    void frostHasTheSpectrumOfThePhotographs() {
        double[] photographs = {0.3604, 0.1725, 0.1286, 0.1076, 0.0879, 0.0674, 0.0461, 0.0295};
        double[] shares = new double[ImageStatistics.BANDS];
        double sum = 0;
        for (int seed = 0; seed < PLATES; seed++) {
            double[] statistics = ImageStatistics.of(FrostPlate.GREY.draw(3, 224, 224, 1, new SplitMix64(seed)));
            for (int b = 0; b < shares.length; b++) {
                shares[b] += statistics[6 + b];
                sum += statistics[6 + b];
            }
        }

        for (int b = 0; b < shares.length; b++) {
            assertThat(shares[b] / sum).as("ring %d", b).isCloseTo(photographs[b], within(0.22 * photographs[b]));
        }
    }

    /** The tables of libjpeg are {@code (base · ⌊5000/q⌋ + 50)/100} below quality 50, and those of the JDK {@code base · 0.5/told}. */
    @ParameterizedTest
    @CsvSource({"25, 200", "18, 277", "15, 333", "10, 500", "7, 714", "50, 100", "90, 20"})
    void theQualityOfJpegMeansThePercentageOfLibjpeg(int quality, int percentage) {
        double told = new JpegCompression(quality).jdkQuality();
        double factor = told < 0.5 ? 0.5 / told : 2 - 2 * told;

        assertThat(factor * 100).isCloseTo(percentage, within(1e-9));
    }

    /** σ = 1.5 pixels at 224 would be 0.21 at 32; it stays halfway to a pixel. Nothing changes at 224. */
    @Test
    void lengthsFollowTheSizeAndStayLengths() {
        PixelScale published = PixelScale.of(224, 300);
        assertThat(published.length(0.7)).isEqualTo(0.7);
        assertThat(published.length(10)).isEqualTo(10);
        assertThat(published.steps(4)).isEqualTo(4);

        PixelScale small = PixelScale.of(32, 32);
        assertThat(small.length(10.5)).isCloseTo(1.5, within(1e-12));
        assertThat(small.length(1.5)).isCloseTo((1 + 1.5 / 7) / 2, within(1e-12));
        assertThat(small.length(0.5)).isEqualTo(0.5);
        assertThat(small.steps(1)).isEqualTo(1);
        assertThat(PixelScale.of(448, 600).length(3)).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"NEAREST, 0, 3", "REFLECT, 1, 2", "MIRROR, 2, 1"})
    void bordersAreContinued(Border border, int twoBefore, int twoBehind) {
        assertThat(border.index(-2, 4)).isEqualTo(twoBefore);
        assertThat(border.index(5, 4)).isEqualTo(twoBehind);
        assertThat(border.index(2, 4)).isEqualTo(2);
        assertThat(border.index(-7, 1)).isZero();
    }

    private static PlanarImage grey(float value) {
        float[] values = new float[SIDE * SIDE];
        Arrays.fill(values, value);
        return new PlanarImage(1, SIDE, SIDE, values);
    }

    private static PlanarImage point(int side, int row, int column) {
        float[] values = new float[side * side];
        values[row * side + column] = 1;
        return new PlanarImage(1, side, side, values);
    }

    /** Mean and variance. */
    private static double[] moments(PlanarImage image) {
        double sum = 0;
        double squares = 0;
        for (float value : image.values()) {
            sum += value;
            squares += (double) value * value;
        }

        double mean = sum / image.values().length;
        return new double[] {mean, squares / image.values().length - mean * mean};
    }
}
