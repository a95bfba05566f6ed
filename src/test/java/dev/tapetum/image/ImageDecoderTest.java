package dev.tapetum.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ImageDecoderTest {
    static List<String> encoded() {
        return Fixtures.encoded();
    }

    static Stream<Arguments> cuts() {
        return Fixtures.table("cut.csv").stream().map(row -> Arguments.of(row[0], Integer.parseInt(row[2])));
    }

    /** Not one grey level apart: lossy formats included, because their decoders are specified to the bit. */
    @ParameterizedTest
    @MethodSource("encoded")
    void decodesToPillowsPixels(String name) throws RejectedImageException {
        RgbImage decoded = decode(Fixtures.bytes("decode/" + name));
        RgbImage expected = Fixtures.png("decode/" + name + ".png");

        assertThat(decoded).hasToString(expected.toString());
        assertThat(decoded.rgb()).isEqualTo(expected.rgb());
    }

    /**
     * Pillow, too, does without the padding and check sums behind the last pixel. It wants up to three bytes of block ends
     * more in a GIF file, two fewer with restart markers, and in a WebP file also what follows the picture.
     */
    @ParameterizedTest
    @MethodSource("cuts")
    void aFileThatIsCutOffIsRejectedAsSoonAsPillowRejectsIt(String name, int shortest) throws RejectedImageException {
        byte[] file = Fixtures.bytes("decode/" + name);
        boolean moreFollows = name.endsWith(".webp");

        assertThat(decode(Arrays.copyOf(file, Math.min(file.length, shortest + 2))))
                .isNotNull();

        for (int length = shortest - 4; !moreFollows && length >= 12; length -= 7) {
            assertThat(reject(Arrays.copyOf(file, length)).reason())
                    .as("%s cut to %d bytes", name, length)
                    .isEqualTo(RejectReason.TRUNCATED);
        }
    }

    @Test
    void aWebpFileThatIsCutInsideItsPictureIsTruncated() {
        for (String name : List.of("lossy.webp", "lossless.webp")) {
            byte[] file = Fixtures.bytes("decode/" + name);

            assertThat(reject(Arrays.copyOf(file, file.length / 2)).reason()).isEqualTo(RejectReason.TRUNCATED);
        }
    }

    @Test
    void aPixelBombIsRejectedBeforeAnythingOfItsSizeIsAllocated() {
        byte[] bomb = pngHeader(30_000, 30_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        reject(bomb);

        long before = threads.getThreadAllocatedBytes(thread);
        RejectedImageException rejected = reject(bomb);
        long allocated = threads.getThreadAllocatedBytes(thread) - before;

        assertThat(rejected.reason()).isEqualTo(RejectReason.TOO_MANY_PIXELS);
        assertThat(rejected).hasMessage("30000x30000 = 900,000,000 pixels, the limit is 178,956,970");
        assertThat(allocated).isLessThan(200_000);
    }

    @Test
    void sizesThatOverflowAreStillCounted() {
        assertThat(reject(pngHeader(Integer.MAX_VALUE, Integer.MAX_VALUE)).reason())
                .isEqualTo(RejectReason.TOO_MANY_PIXELS);
    }

    @Test
    void aPictureWithoutColumnsIsCorrupt() {
        assertThat(reject(pngHeader(0, 7)).reason()).isEqualTo(RejectReason.CORRUPT);
        assertThat(reject(pngHeader(-5, -5)).reason()).isEqualTo(RejectReason.CORRUPT);
    }

    @Test
    void aFileWithoutBytesIsEmpty() {
        assertThat(reject(new byte[0]).reason()).isEqualTo(RejectReason.EMPTY);
    }

    @Test
    void aFileAboveTheLimitOfBytesIsNotLookedAt() {
        RejectedImageException rejected = catchThrowableOfType(
                RejectedImageException.class, () -> ImageDecoder.decode(new byte[1001], new DecodeLimits(1000, 1)));

        assertThat(rejected.reason()).isEqualTo(RejectReason.TOO_MANY_BYTES);
        assertThat(rejected).hasMessage("1,001 bytes, the limit is 1,000");
    }

    @Test
    void textIsNoImageWhateverItIsCalled() {
        RejectedImageException rejected = reject("Not Found\n<html>".getBytes(UTF_8));

        assertThat(rejected.reason()).isEqualTo(RejectReason.UNSUPPORTED_FORMAT);
        assertThat(rejected).hasMessageContaining("\"Not Foun\"");
    }

    @Test
    void arithmeticCodingIsNotSupportedRatherThanCorrupt() {
        byte[] file = Fixtures.bytes("decode/baseline-444.jpg");
        int frame = indexOf(file, 0xFF, 0xC0);
        file[frame + 1] = (byte) 0xC9;

        assertThat(reject(file).reason()).isEqualTo(RejectReason.UNSUPPORTED_FORMAT);
    }

    @Test
    void aFlippedBitInTheHeaderOfAPngFileIsCorrupt() {
        byte[] file = Fixtures.bytes("decode/rgb.png");
        file[19] ^= 1;

        assertThat(reject(file).reason()).isEqualTo(RejectReason.CORRUPT);
    }

    @Test
    void decodesOnManyThreadsUnderAClassLoaderThatKnowsNoPlugin() throws Exception {
        List<String> names = Fixtures.encoded();
        ExecutorService threads = Executors.newFixedThreadPool(8);

        try (URLClassLoader foreign = new URLClassLoader(new URL[0], null)) {
            List<Future<RgbImage>> images = new ArrayList<>();

            for (int i = 0; i < 4 * names.size(); i++) {
                byte[] file = Fixtures.bytes("decode/" + names.get(i % names.size()));
                images.add(threads.submit(() -> {
                    Thread.currentThread().setContextClassLoader(foreign);

                    return decode(file);
                }));
            }

            for (int i = 0; i < images.size(); i++) {
                assertThat(images.get(i).get())
                        .isEqualTo(decode(Fixtures.bytes("decode/" + names.get(i % names.size()))));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static RgbImage decode(byte[] file) throws RejectedImageException {
        return ImageDecoder.decode(file, DecodeLimits.DEFAULT);
    }

    private static RejectedImageException reject(byte[] file) {
        RejectedImageException rejected = catchThrowableOfType(RejectedImageException.class, () -> decode(file));
        assertThat(rejected).isNotNull();

        return rejected;
    }

    private static byte[] pngHeader(int width, int height) {
        ByteBuffer file = ByteBuffer.allocate(33);
        file.putLong(0x89504E470D0A1A0AL).putInt(13).put("IHDR".getBytes(UTF_8));
        file.putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
        CRC32 sum = new CRC32();
        sum.update(file.array(), 12, 17);

        return file.putInt((int) sum.getValue()).array();
    }

    private static int indexOf(byte[] file, int first, int second) {
        for (int i = 0; i < file.length - 1; i++) {
            if (file[i] == (byte) first && file[i + 1] == (byte) second) {
                return i;
            }
        }

        throw new IllegalArgumentException("Not there");
    }
}
