package dev.tapetum.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever a file has become on its way to us, it ends as an image or as a reject with a reason. */
final class HostileBytesTest {
    /** Small, so that a flipped size does not cost the test its memory; the limit itself is tested elsewhere. */
    private static final DecodeLimits LIMITS = new DecodeLimits(1 << 20, 1 << 20);

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of(Fixtures.encoded());
    }

    @Property(tries = 6000)
    void brokenBytesGiveAnImageOrARejection(
            @ForAll("names") String name, @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int flips) {
        byte[] file = Fixtures.bytes("decode/" + name);
        Random random = new Random(seed);

        for (int i = 0; i < flips; i++) {
            // Half of the blows hit the first bytes, where the structure is.
            int at = random.nextInt(random.nextBoolean() ? Math.min(64, file.length) : file.length);
            file[at] = (byte) random.nextInt(256);
        }

        assertDecodesOrRejects(file);
    }

    @Property(tries = 2000)
    void piecesOfFilesGiveAnImageOrARejection(
            @ForAll("names") String name, @ForAll("names") String other, @ForAll long seed) {
        byte[] head = Fixtures.bytes("decode/" + name);
        byte[] tail = Fixtures.bytes("decode/" + other);
        Random random = new Random(seed);
        int kept = random.nextInt(head.length);
        int from = random.nextInt(tail.length);
        byte[] file = new byte[kept + tail.length - from];
        System.arraycopy(head, 0, file, 0, kept);
        System.arraycopy(tail, from, file, kept, tail.length - from);

        assertDecodesOrRejects(file);
    }

    private static void assertDecodesOrRejects(byte[] file) {
        try {
            RgbImage image = ImageDecoder.decode(file, LIMITS);
            assertThat((long) image.width() * image.height()).isLessThanOrEqualTo(LIMITS.maxPixels());
        } catch (RejectedImageException e) {
            assertThat(e.reason()).isNotNull();
            assertThat(e).message().isNotBlank();
        }
    }
}
