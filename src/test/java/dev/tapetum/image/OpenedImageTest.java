package dev.tapetum.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class OpenedImageTest {
    private static final int WIDTH = 2000;
    private static final int HEIGHT = 1500;

    /** Tables, rows and readers, which do not grow with the picture. */
    private static final long BESIDES = 1 << 20;

    static Stream<Arguments> large() {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        new Random(1).nextBytes(rgb);
        RgbImage image = new RgbImage(WIDTH, HEIGHT, rgb);
        return Stream.of(
                Arguments.of("JPEG", ImageEncoder.jpeg(image, 0.9), 3),
                Arguments.of("PNG", ImageEncoder.png(image), 3),
                Arguments.of("lossless WebP", green(), 7));
    }

    /** What is allocated in all is at least what is held at once, and no decoder here throws anything large away. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("large")
    void decodingHoldsNoMoreHeapThanTheHeaderTells(String format, byte[] file, int perPixel) throws Exception {
        OpenedImage opened = ImageDecoder.open(file, DecodeLimits.DEFAULT);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        opened.decode();

        long before = threads.getCurrentThreadAllocatedBytes();
        RgbImage image = opened.decode();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(opened.heapToDecode()).isEqualTo((long) perPixel * WIDTH * HEIGHT);
        assertThat(allocated).isBetween(3L * WIDTH * HEIGHT, opened.heapToDecode() + BESIDES);
        assertThat(image).hasToString("RgbImage[2000x1500]");
    }

    @Test
    void aPictureCanBeDecodedAgain() throws Exception {
        for (String name : Fixtures.encoded()) {
            OpenedImage opened = ImageDecoder.open(Fixtures.bytes("decode/" + name), DecodeLimits.DEFAULT);

            assertThat(opened.decode()).as(name).isEqualTo(opened.decode());
        }
    }

    @Test
    void aPictureBeyondItsCanvasIsRefusedBeforeItIsDecoded() {
        byte[] picture = green();
        ByteBuffer file = ByteBuffer.allocate(picture.length + 18)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(picture, 0, 12);
        // A canvas of one pixel.
        file.put(ascii("VP8X")).putInt(10).put(new byte[10]).put(picture, 12, picture.length - 12);

        assertThatThrownBy(() -> ImageDecoder.open(file.array(), DecodeLimits.DEFAULT))
                .isInstanceOf(RejectedImageException.class)
                .hasFieldOrPropertyWithValue("reason", RejectReason.CORRUPT)
                .hasMessageContaining("does not lie on its canvas");
    }

    /**
     * A picture of one colour, three million pixels in less than fifty bytes: after the sizes and three flags (no transform, no
     * colour cache, no groups of codes), the five codes have one symbol each, and symbols of one take no bits.
     */
    private static byte[] green() {
        long bits = (WIDTH - 1) | (HEIGHT - 1L) << 14;
        // Each code: simple (1), one symbol (0), of one bit (0), which is 0.
        long codes = 0b0001_0001_0001_0001_0001L << 3;
        ByteBuffer file = ByteBuffer.allocate(46).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(38).put(ascii("WEBP")).put(ascii("VP8L")).putInt(26);
        file.put((byte) 0x2F).putInt((int) bits).putInt((int) codes);

        return file.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
}
