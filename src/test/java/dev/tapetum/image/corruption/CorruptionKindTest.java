package dev.tapetum.image.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.image.Interpolation;
import dev.tapetum.image.PixelEdit;
import dev.tapetum.image.PlanarImage;
import dev.tapetum.image.Resampler;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class CorruptionKindTest {
    private static final PlanarImage SCENE = Fixtures.image("scene");

    /** Over which a distance is averaged; all severities have the same seeds, so that only what they do differs. */
    private static final int DRAWS = 6;

    /**
     * Severities whose published parameters bring the image nearer to the original than the severity before. Glass: one
     * iteration after two, and two after three. Frost: the frost has the same weight and the image a smaller one. Elastic: no
     * longer a large affine map, and waves instead.
     */
    private static final Set<String> MILDER_THAN_BEFORE =
            Set.of("GLASS_BLUR 2", "GLASS_BLUR 4", "FROST 4", "ELASTIC 3");

    /** Two roundings of JPEG's colours. */
    private static final double TWO_GREY_LEVELS = 2.01 / 255;

    static Stream<Arguments> kindsAndSizes() {
        return Stream.of(CorruptionKind.values())
                .flatMap(kind -> Stream.of(
                        Arguments.of(kind, 224, 224),
                        Arguments.of(kind, 96, 96),
                        Arguments.of(kind, 64, 64),
                        Arguments.of(kind, 32, 32),
                        Arguments.of(kind, 60, 41),
                        Arguments.of(kind, 3, 5),
                        Arguments.of(kind, 1, 1)));
    }

    @ParameterizedTest
    @MethodSource("kindsAndSizes")
    void everySizeGivesAnImageOfTheSameShapeBetweenBlackAndWhite(CorruptionKind kind, int height, int width) {
        PlanarImage image = scene(height, width);
        float[] before = image.values().clone();
        for (int severity = 1; severity <= CorruptionKind.SEVERITIES; severity++) {
            PlanarImage corrupted = kind.edit(severity, height, width, 11).apply(image);

            assertThat(corrupted.channels()).isEqualTo(3);
            assertThat(corrupted.height()).isEqualTo(height);
            assertThat(corrupted.width()).isEqualTo(width);
            int outside = 0;
            for (float value : corrupted.values()) {
                outside += value >= 0 && value <= 1 ? 0 : 1;
            }

            assertThat(outside)
                    .as("values outside [0, 1] at severity %d", severity)
                    .isZero();
        }

        assertThat(Arrays.equals(image.values(), before)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(CorruptionKind.class)
    void equalSeedsMakeEqualImagesAndOtherSeedsOtherOnes(CorruptionKind kind) {
        PlanarImage image = scene(64, 64);
        for (int severity = 1; severity <= CorruptionKind.SEVERITIES; severity++) {
            PixelEdit edit = kind.edit(severity, 64, 64, 5);
            PixelEdit again = kind.edit(severity, 64, 64, 5);
            PixelEdit other = kind.edit(severity, 64, 64, 6);

            assertThat(again).isEqualTo(edit);
            assertThat(again.apply(image).values())
                    .containsExactly(edit.apply(image).values());
            assertThat(Arrays.equals(
                            other.apply(image).values(), edit.apply(image).values()))
                    .isEqualTo(!kind.isRandom());
            assertThat(other.equals(edit)).isEqualTo(!kind.isRandom());
        }
    }

    @ParameterizedTest
    @EnumSource(CorruptionKind.class)
    void severitiesLeadAwayFromTheOriginal(CorruptionKind kind) {
        double before = 0;
        for (int severity = 1; severity <= CorruptionKind.SEVERITIES; severity++) {
            double distance = distance(kind, severity);
            if (MILDER_THAN_BEFORE.contains(kind + " " + severity)) {
                assertThat(distance).as("%s at severity %d", kind, severity).isBetween(before / 2, before);
            } else {
                assertThat(distance).as("%s at severity %d", kind, severity).isGreaterThan(before);
            }

            before = distance;
        }
    }

    /** The distance in which a grey image is one whose channels are equal; where draws are made per channel, there is none. */
    @ParameterizedTest
    @EnumSource(CorruptionKind.class)
    void greyImagesAreColourImagesWithoutColours(CorruptionKind kind) {
        float[] luma = new float[64 * 64];
        PlanarImage image = scene(64, 64);
        for (int i = 0; i < luma.length; i++) {
            luma[i] = image.values()[i];
        }

        float[] three = new float[3 * luma.length];
        for (int c = 0; c < 3; c++) {
            System.arraycopy(luma, 0, three, c * luma.length, luma.length);
        }

        PixelEdit edit = kind.edit(3, 64, 64, 9);
        float[] grey = edit.apply(new PlanarImage(1, 64, 64, luma)).values();
        float[] coloured = edit.apply(new PlanarImage(3, 64, 64, three)).values();
        assertThat(grey).hasSize(64 * 64);
        if (kind == CorruptionKind.FROST) {
            return;
        }

        // The first channel draws what the only channel draws.
        for (int i = 0; i < grey.length; i++) {
            assertThat(grey[i])
                    .isCloseTo(coloured[i], within((float) (kind == CorruptionKind.JPEG ? TWO_GREY_LEVELS : 1e-6)));
        }
    }

    @ParameterizedTest
    @EnumSource(CorruptionKind.class)
    void otherNumbersOfChannelsAreRefused(CorruptionKind kind) {
        PlanarImage image = new PlanarImage(4, 8, 8, new float[4 * 64]);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> kind.edit(1, 8, 8, 1).apply(image))
                .withMessage("A corruption is of images with 1 channel (grey) or 3 (RGB), not 4");
    }

    @Test
    void thereAreFiveSeverities() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CorruptionKind.FOG.edit(0, 8, 8, 1))
                .withMessage("A severity is from 1 to 5, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CorruptionKind.FOG.edit(6, 8, 8, 1))
                .withMessage("A severity is from 1 to 5, not 6");
    }

    /** The fifteen errors add up to 11.834896. */
    @Test
    void alexnetHasItsPublishedErrors() {
        double sum = 0;
        for (CorruptionKind kind : CorruptionKind.values()) {
            sum += kind.alexnetMeanError();
        }

        assertThat(sum).isCloseTo(11.834896, within(1e-9));
        assertThat(CorruptionKind.GAUSSIAN_NOISE.alexnetMeanError()).isEqualTo(0.886428);
        assertThat(CorruptionKind.JPEG.alexnetMeanError()).isEqualTo(0.606500);
        assertThat(CorruptionKind.ALEXNET_CLEAN_ERROR).isEqualTo(0.435);
    }

    private static double distance(CorruptionKind kind, int severity) {
        int draws = kind.isRandom() ? DRAWS : 1;
        double sum = 0;
        for (int draw = 0; draw < draws; draw++) {
            float[] values = kind.edit(severity, 224, 224, 7919L * draw + 13)
                    .apply(SCENE)
                    .values();
            double squares = 0;
            for (int i = 0; i < values.length; i++) {
                double difference = values[i] - SCENE.values()[i];
                squares += difference * difference;
            }

            sum += Math.sqrt(squares / values.length);
        }

        return sum / draws;
    }

    private static PlanarImage scene(int height, int width) {
        return PlanarImage.of(Resampler.resize(SCENE.toRgb(), width, height, Interpolation.BICUBIC));
    }
}
