package dev.tapetum.image;

import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/**
 * The first picture of a WebP file on its canvas, lossy or lossless. Transparency is dropped: the plane that a lossy file
 * keeps for it is not even read. What the first picture of an animation does not cover is black.
 *
 * @param width columns of the canvas
 * @param height rows of the canvas
 * @param left where the picture starts on the canvas
 * @param top where the picture starts on the canvas
 * @param lossy whether the picture is a VP8 key frame, and not the lossless format
 * @param bitstream of a lossy picture the frame, of a lossless one a file of nothing but the picture
 */
record WebpFile(int width, int height, Orientation orientation, int left, int top, boolean lossy, byte[] bitstream)
        implements EncodedImage {

    static boolean matches(byte[] file) {
        return file.length >= 12 && is(ByteBuffer.wrap(file), 0, "RIFF") && is(ByteBuffer.wrap(file), 8, "WEBP");
    }

    static WebpFile parse(byte[] bytes) throws IOException {
        Chunks chunks = new Chunks();
        chunks.walk(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), 12);

        return chunks.file();
    }

    /** Lossy: one and a half planes, then the picture, then perhaps a canvas. Lossless: the reader's four bands. */
    @Override
    public int heapPerPixel() {
        return lossy ? 6 : 7;
    }

    @Override
    public RgbImage decode() throws IOException {
        RgbImage picture = lossy ? Vp8Picture.decode(ByteBuffer.wrap(bitstream)) : lossless();
        boolean whole = picture.width() == width && picture.height() == height;

        return whole ? picture : onCanvas(picture);
    }

    private RgbImage lossless() throws IOException {
        ImageReader reader = ImageCodecs.webpReader();

        try (MemoryInput input = new MemoryInput(bitstream)) {
            reader.setInput(input, true, true);
            Raster raster = reader.read(0).getRaster();
            int bands = raster.getNumBands();
            int columns = raster.getWidth();
            byte[] rgb = new byte[3 * columns * raster.getHeight()];
            int[] row = new int[bands * columns];

            // Row by row, since the samples come as ints.
            for (int y = 0, to = 0; y < raster.getHeight(); y++) {
                raster.getPixels(0, y, columns, 1, row);

                for (int from = 0; from < row.length; from += bands, to += 3) {
                    rgb[to] = (byte) row[from];
                    rgb[to + 1] = (byte) row[from + 1];
                    rgb[to + 2] = (byte) row[from + 2];
                }
            }

            return new RgbImage(columns, raster.getHeight(), rgb);
        } finally {
            reader.dispose();
        }
    }

    private RgbImage onCanvas(RgbImage picture) {
        byte[] rgb = new byte[3 * width * height];

        for (int y = 0; y < picture.height(); y++) {
            int to = 3 * ((top + y) * width + left);
            System.arraycopy(picture.rgb(), 3 * y * picture.width(), rgb, to, 3 * picture.width());
        }

        return new RgbImage(width, height, rgb);
    }

    private static boolean is(ByteBuffer file, int at, String name) {
        return file.slice(at, 4).equals(ByteBuffer.wrap(name.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static int int24(ByteBuffer file, int at) {
        return (file.getShort(at) & 0xFFFF) | (file.get(at + 2) & 0xFF) << 16;
    }

    /** Collects what the container says up to the end of the file; the first picture counts. */
    private static final class Chunks {
        private final Metadata metadata = new Metadata();
        private int canvasWidth;
        private int canvasHeight;
        private int left;
        private int top;
        private int pictureWidth;
        private int pictureHeight;
        private boolean lossy;
        private byte @Nullable [] bitstream;

        void walk(ByteBuffer file, int start) throws IOException {
            for (int at = start; at + 8 <= file.capacity(); ) {
                long length = file.getInt(at + 4) & 0xFFFF_FFFFL;
                boolean complete = length <= file.capacity() - at - 8L;

                if (!complete && bitstream != null) {
                    return;
                }

                ByteBuffer body = file.slice(at + 8, complete ? (int) length : file.capacity() + 1)
                        .order(ByteOrder.LITTLE_ENDIAN);
                take(file, at, body);
                at = (int) Math.min(at + 8 + length + (length & 1), file.capacity());
            }
        }

        private void take(ByteBuffer file, int at, ByteBuffer body) throws IOException {
            if (is(file, at, "VP8X")) {
                canvasWidth = 1 + int24(body, 4);
                canvasHeight = 1 + int24(body, 7);
            } else if (is(file, at, "ANMF") && bitstream == null) {
                left = 2 * int24(body, 0);
                top = 2 * int24(body, 3);
                walk(body, 16);
            } else if (is(file, at, "VP8 ") && bitstream == null) {
                pictureWidth = body.getShort(6) & 0x3FFF;
                pictureHeight = body.getShort(8) & 0x3FFF;
                lossy = true;
                bitstream = new byte[body.capacity()];
                body.get(0, bitstream);
            } else if (is(file, at, "VP8L") && bitstream == null) {
                int sizes = body.getInt(1);
                pictureWidth = 1 + (sizes & 0x3FFF);
                pictureHeight = 1 + ((sizes >> 14) & 0x3FFF);
                bitstream = alone(file, at, body);
            } else if (is(file, at, "EXIF")) {
                metadata.exif(body);
            } else if (is(file, at, "XMP ")) {
                metadata.xmp(body);
            }
        }

        private static byte[] alone(ByteBuffer file, int at, ByteBuffer body) {
            int padded = body.capacity() + (body.capacity() & 1);
            ByteBuffer alone = ByteBuffer.allocate(20 + padded).order(ByteOrder.LITTLE_ENDIAN);
            alone.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(12 + padded);
            alone.put("WEBP".getBytes(StandardCharsets.ISO_8859_1))
                    .put(file.slice(at, 8))
                    .put(body.duplicate());

            return alone.array();
        }

        WebpFile file() throws IOException {
            if (bitstream == null) {
                throw new IOException("it has no picture");
            }

            int width = canvasWidth == 0 ? pictureWidth : canvasWidth;
            int height = canvasHeight == 0 ? pictureHeight : canvasHeight;

            // Before it is decoded: the limits are checked against the canvas.
            if (left + pictureWidth > width || top + pictureHeight > height) {
                throw new IOException("its picture does not lie on its canvas");
            }

            return new WebpFile(width, height, metadata.orientation(), left, top, lossy, bitstream);
        }
    }
}
