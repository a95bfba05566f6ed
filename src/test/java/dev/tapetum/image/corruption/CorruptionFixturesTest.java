package dev.tapetum.image.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.image.PlanarImage;
import dev.tapetum.spec.SplitMix64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Our corruptions against those that NumPy, SciPy, scikit-image and Pillow make of the same images. */
final class CorruptionFixturesTest {
    private static final int SIZE = 224;

    private static final Map<String, PlanarImage> IMAGES =
            Stream.of("scene", "zones", "blocks").collect(Collectors.toMap(name -> name, Fixtures::image));

    private static final List<Fixtures.Expected> EXPECTED = Fixtures.expected();

    /** The table has five digits, and our values are floats. */
    private static final double DIGITS = 1e-4;

    /**
     * How far two means over draws may lie apart, in standard errors of their difference: enough for the largest of some 2,000
     * normal numbers (4), and for deviations that are themselves estimated from 24 draws or more.
     */
    private static final double STANDARD_ERRORS = 5;

    /** One grey level: what rounding down loses at most, and rounding to the nearest in two passes. */
    private static final double GREY_LEVEL = 1 / 255.0;

    /** Rounding errors of half a level change a variance of 0.05 by less than {@code 2 · 0.22 · 0.0011}, or 1%. */
    private static final double ROUNDED_VARIANCE = 0.01;

    /** The weakest band of what is compared after rounding has a power of 4e-6, some twenty times that of the rounding errors. */
    private static final double ROUNDED_BAND = 0.05;

    /** How near the spectrum of our frost was brought to that of the photographs, ring by ring; see {@link FrostPlate}. */
    private static final double FROST_BAND = 0.25;

    /** Half a grey level of the stored samples, and a little for single precision. */
    private static final double STORED = 0.501 / 255;

    /** Pillow rounds pixelation twice on the way down and once on the way to the file. */
    private static final double ROUNDED_TWICE = 1.01 / 255;

    private record Tolerance(double mean, double variance, double band) {

        /** How far statistic number {@code i} may lie from what is expected, apart from chance. */
        double of(int i, double expected) {
            if (i < 3) {
                return mean;
            }

            return expected * (i < 6 ? variance : band);
        }
    }

    @ParameterizedTest
    @EnumSource(CorruptionKind.class)
    void meanVarianceAndSpectrumAreThoseOfAnIndependentComputation(CorruptionKind kind) {
        List<Fixtures.Expected> cases =
                EXPECTED.stream().filter(expected -> expected.kind() == kind).toList();
        assertThat(cases).hasSize(15);

        for (Fixtures.Expected expected : cases) {
            int draws = draws(kind);
            double[] ours = statistics(expected, draws);
            for (int i = 0; i < ImageStatistics.COUNT; i++) {
                double chance =
                        expected.deviation()[i] * Math.sqrt(1.0 / expected.draws() + 1.0 / draws) * STANDARD_ERRORS;
                double allowed = chance + tolerance(kind).of(i, expected.mean()[i]);
                assertThat(ours[i])
                        .as("statistic %d of %s", i, expected)
                        .isCloseTo(expected.mean()[i], within(allowed));
            }
        }
    }

    static Stream<CorruptionKind> corruptionsWithoutChance() {
        return Stream.of(CorruptionKind.values()).filter(kind -> !kind.isRandom());
    }

    @ParameterizedTest
    @MethodSource("corruptionsWithoutChance")
    void corruptionsWithoutChanceAreEqualPixelByPixel(CorruptionKind kind) {
        PlanarImage scene = image("scene");
        PlanarImage samples =
                Fixtures.image("pixels/" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        double allowed = kind == CorruptionKind.PIXELATE ? ROUNDED_TWICE : kind == CorruptionKind.JPEG ? 0 : STORED;
        for (int severity = 1; severity <= CorruptionKind.SEVERITIES; severity++) {
            assertSampled(kind.edit(severity, SIZE, SIZE, 0).apply(scene), samples, severity, allowed);
        }
    }

    @ParameterizedTest
    @MethodSource("trails")
    void theMotionTrailIsEqualPixelByPixel(int severity, MotionTrail trail) {
        assertSampled(
                Plane.eachChannel(image("scene"), trail::apply),
                Fixtures.image("pixels/motion-blur"),
                severity,
                STORED);
    }

    static Stream<Arguments> trails() {
        return Stream.of(
                Arguments.of(1, new MotionTrail(10, 3, Fixtures.ANGLE)),
                Arguments.of(2, new MotionTrail(15, 5, Fixtures.ANGLE)),
                Arguments.of(3, new MotionTrail(15, 8, Fixtures.ANGLE)),
                Arguments.of(4, new MotionTrail(15, 12, Fixtures.ANGLE)),
                Arguments.of(5, new MotionTrail(20, 15, Fixtures.ANGLE)));
    }

    private static void assertSampled(PlanarImage ours, PlanarImage samples, int severity, double allowed) {
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < Fixtures.SAMPLES; y++) {
                for (int x = 0; x < Fixtures.SAMPLES; x++) {
                    double expected = samples.at(c, (severity - 1) * Fixtures.SAMPLES + y, x);
                    assertThat((double) ours.at(c, Fixtures.sampled(y, SIZE), Fixtures.sampled(x, SIZE)))
                            .as("channel %d of sample (%d, %d) at severity %d", c, x, y, severity)
                            .isCloseTo(expected, within(allowed));
                }
            }
        }
    }

    private static double[] statistics(Fixtures.Expected expected, int draws) {
        double[] sums = new double[ImageStatistics.COUNT];
        for (int draw = 0; draw < draws; draw++) {
            long seed = SplitMix64.mix(1000L * expected.severity() + draw);
            double[] one = ImageStatistics.of(
                    expected.kind().edit(expected.severity(), SIZE, SIZE, seed).apply(image(expected.image())));
            for (int i = 0; i < sums.length; i++) {
                sums[i] += one[i] / draws;
            }
        }

        return sums;
    }

    private static PlanarImage image(String name) {
        return IMAGES.computeIfAbsent(name, Fixtures::image);
    }

    /** More where one draw differs much from another, and where they are cheap. */
    private static int draws(CorruptionKind kind) {
        return switch (kind) {
            case DEFOCUS_BLUR, ZOOM_BLUR, BRIGHTNESS, CONTRAST, PIXELATE, JPEG -> 1;
            case GAUSSIAN_NOISE, SHOT_NOISE, IMPULSE_NOISE, GLASS_BLUR, SNOW -> 4;
            case ELASTIC -> 12;
            case MOTION_BLUR, FROST -> 16;
            case FOG -> 32;
        };
    }

    private static Tolerance tolerance(CorruptionKind kind) {
        return switch (kind) {
            case GLASS_BLUR, SNOW, PIXELATE -> new Tolerance(GREY_LEVEL, ROUNDED_VARIANCE, ROUNDED_BAND);
            case FROST -> new Tolerance(DIGITS, DIGITS, FROST_BAND);
            case GAUSSIAN_NOISE,
                    SHOT_NOISE,
                    IMPULSE_NOISE,
                    DEFOCUS_BLUR,
                    MOTION_BLUR,
                    ZOOM_BLUR,
                    FOG,
                    BRIGHTNESS,
                    CONTRAST,
                    ELASTIC,
                    JPEG -> new Tolerance(DIGITS, DIGITS, DIGITS);
        };
    }
}
