package dev.tapetum.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ResamplerTest {
    private static final RgbImage SOURCE = Fixtures.png("resize/source.png");

    static Stream<Arguments> expected() {
        return Fixtures.table("resize/expected.csv").stream()
                .map(row -> Arguments.of(row[0], row[2], row[3], row[4].toUpperCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @MethodSource("expected")
    void resizesToPillowsPixels(String file, int width, int height, Interpolation interpolation) {
        RgbImage resized = Resampler.resize(SOURCE, width, height, interpolation);

        assertThat(resized.rgb()).isEqualTo(Fixtures.png("resize/" + file).rgb());
    }

    @Property(tries = 300)
    void aPartIsWhatWouldBeCutOutOfTheWhole(
            @ForAll Interpolation interpolation,
            @ForAll @IntRange(min = 1, max = 150) int width,
            @ForAll @IntRange(min = 1, max = 100) int height,
            @ForAll @IntRange(min = 0, max = 99) int from,
            @ForAll @IntRange(min = 1, max = 100) int share) {
        int left = width * from / 100;
        int top = height * from / 100;
        Resampler.Region part = new Resampler.Region(
                left, top, Math.max(1, (width - left) * share / 100), Math.max(1, (height - top) * share / 100));
        RgbImage whole = Resampler.resize(SOURCE, width, height, interpolation);

        assertThat(Resampler.resize(SOURCE, width, height, part, interpolation)).isEqualTo(cut(whole, part));
    }

    /** Because the weights of a position sum to one; their rounding to 22 bits must not show in 8. */
    @Property(tries = 200)
    void anEvenColourStaysAsItIs(
            @ForAll byte level,
            @ForAll Interpolation interpolation,
            @ForAll @IntRange(min = 1, max = 200) int width,
            @ForAll @IntRange(min = 1, max = 200) int height) {
        byte[] rgb = new byte[3 * 31 * 17];
        Arrays.fill(rgb, level);

        assertThat(Resampler.resize(new RgbImage(31, 17, rgb), width, height, interpolation)
                        .rgb())
                .containsOnly(level);
    }

    /** Halving with the triangle of support 2: the weights of four neighbours are 1, 3, 3, 1 eighths. */
    @Test
    void bilinearHalvingWeighsFourNeighbours() {
        RgbImage row = new RgbImage(8, 1, greys(0, 0, 0, 80, 160, 0, 0, 0));

        RgbImage halved = Resampler.resize(row, 4, 1, Interpolation.BILINEAR);

        // Position 1 covers samples 1..4: (0 + 3*0 + 3*80 + 160) / 8 = 50; position 2: (80 + 3*160) / 8 = 70.
        assertThat(halved.rgb()).isEqualTo(greys(0, 50, 70, 0));
    }

    @Test
    void refusesASizeThatIsNotPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resampler.resize(SOURCE, 0, 5, Interpolation.BILINEAR))
                .withMessage("Cannot resize to 0x5");
    }

    private static byte[] greys(int... levels) {
        byte[] rgb = new byte[3 * levels.length];

        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) levels[i / 3];
        }

        return rgb;
    }

    private static RgbImage cut(RgbImage whole, Resampler.Region part) {
        byte[] rgb = new byte[3 * part.width() * part.height()];

        for (int y = 0; y < part.height(); y++) {
            int from = 3 * ((part.top() + y) * whole.width() + part.left());
            System.arraycopy(whole.rgb(), from, rgb, 3 * y * part.width(), 3 * part.width());
        }

        return new RgbImage(part.width(), part.height(), rgb);
    }
}
