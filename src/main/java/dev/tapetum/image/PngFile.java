package dev.tapetum.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A PNG file (ISO/IEC 15948). Transparency is dropped, palette entries that are missing are black, and of 16-bit samples
 * the high byte is kept, grey ones included (where Pillow's conversion of 16-bit grey to RGB cuts everything above 255 to
 * white, which no one can want).
 *
 * @param layout how the samples lie in the rows
 * @param interlaced whether the picture is stored in the seven passes of Adam7
 * @param palette red, green and blue of 256 colours
 * @param data the pieces of the compressed picture
 */
record PngFile(
        int width,
        int height,
        Orientation orientation,
        Layout layout,
        boolean interlaced,
        byte[] palette,
        List<ByteBuffer> data)
        implements EncodedImage {

    private static final long SIGNATURE = 0x89504E470D0A1A0AL;
    private static final byte[] XMP_KEYWORD = "XML:com.adobe.xmp\0\0".getBytes(StandardCharsets.ISO_8859_1);

    /** Left, top, and the distance between the columns and between the rows of each pass of Adam7. */
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private static final int[][] WHOLE = {{0, 0, 1, 1}};

    static boolean matches(byte[] file) {
        return file.length >= 8 && ByteBuffer.wrap(file).getLong(0) == SIGNATURE;
    }

    static PngFile parse(byte[] bytes) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(bytes);
        Metadata metadata = new Metadata();
        List<ByteBuffer> data = new ArrayList<>();
        byte[] palette = new byte[3 * 256];

        if (file.getInt(12) != type("IHDR") || file.getInt(8) != 13) {
            throw new IOException("it does not start with a header chunk");
        }

        checkSum(file, 8, 13);
        Layout layout = Layout.of(file.get(24), file.get(25));

        if (file.get(26) != 0 || file.get(27) != 0 || (file.get(28) & 0xFE) != 0) {
            throw new IOException("its header names an unknown compression, filter or interlacing");
        }

        for (int at = 33; at + 8 <= bytes.length; ) {
            int type = file.getInt(at + 4);
            long length = file.getInt(at) & 0xFFFF_FFFFL;
            ByteBuffer body = file.slice(at + 8, (int) Math.min(length, bytes.length - at - 8L));

            if (type == type("IDAT")) {
                data.add(body);
            } else if (type == type("IEND") || body.remaining() < length) {
                break;
            } else if (type == type("PLTE")) {
                checkSum(file, at, (int) length);
                body.get(palette, 0, Math.min(palette.length, body.remaining()));
            } else if (type == type("eXIf")) {
                metadata.exif(body);
            } else if (type == type("iTXt") && Metadata.startsWith(body, XMP_KEYWORD)) {
                metadata.xmp(body);
            }

            at = (int) Math.min(at + 12L + length, bytes.length);
        }

        return new PngFile(
                file.getInt(16), file.getInt(20), metadata.orientation(), layout, file.get(28) == 1, palette, data);
    }

    @Override
    public int heapPerPixel() {
        return 3;
    }

    @Override
    public RgbImage decode() throws IOException {
        byte[] rgb = new byte[3 * width * height];

        try (Rows rows = new Rows(data)) {
            for (int[] pass : interlaced ? ADAM7 : WHOLE) {
                decode(rows, pass[0], pass[1], pass[2], pass[3], rgb);
            }

            rows.finish();
        }

        return new RgbImage(width, height, rgb);
    }

    private void decode(Rows rows, int left, int top, int columnStep, int rowStep, byte[] rgb) throws IOException {
        int columns = (width - left + columnStep - 1) / columnStep;

        if (columns == 0) {
            return;
        }

        // Both rows have a margin of one pixel, so that the filters find zeros to the left of the first.
        int margin = layout.bytesPerPixel();
        byte[] above = new byte[margin + layout.bytesPerRow(columns)];
        byte[] row = above.clone();

        for (int y = top; y < height; y += rowStep) {
            rows.read(row, margin, above);
            layout.toRgb(row, margin, columns, palette, rgb, 3 * (y * width + left), 3 * columnStep);
            byte[] swap = above;
            above = row;
            row = swap;
        }
    }

    private static int type(String name) {
        return ByteBuffer.wrap(name.getBytes(StandardCharsets.ISO_8859_1)).getInt();
    }

    private static void checkSum(ByteBuffer file, int at, int length) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(file.slice(at + 4, 4 + length));

        if ((int) sum.getValue() != file.getInt(at + 8 + length)) {
            throw new IOException("a chunk does not have its checksum");
        }
    }

    /** The samples of a row: {@code channels} of {@code bits} bits for each pixel. */
    record Layout(int bits, int channels, boolean indexed) {
        static Layout of(int bits, int colourType) throws IOException {
            boolean whole = bits == 8 || bits == 16;
            boolean packed = bits == 1 || bits == 2 || bits == 4;

            if (colourType == 0 && (whole || packed)) {
                return new Layout(bits, 1, false);
            }

            if (colourType == 3 && (bits == 8 || packed)) {
                return new Layout(bits, 1, true);
            }

            if (whole && (colourType == 2 || colourType == 4 || colourType == 6)) {
                return new Layout(bits, colourType == 2 ? 3 : colourType == 4 ? 2 : 4, false);
            }

            throw new IOException("its header asks for " + bits + " bits with colour type " + colourType);
        }

        int bytesPerPixel() {
            return Math.max(1, bits * channels / 8);
        }

        int bytesPerRow(int columns) throws IOException {
            long bytes = ((long) columns * bits * channels + 7) / 8;

            if (bytes > Integer.MAX_VALUE - 16) {
                throw new IOException("a row has " + bytes + " bytes");
            }

            return (int) bytes;
        }

        void toRgb(byte[] row, int start, int columns, byte[] palette, byte[] rgb, int target, int step) {
            int sample = Math.max(1, bits / 8);
            boolean grey = channels <= 2;

            for (int x = 0, to = target; x < columns; x++, to += step) {
                int from = start + x * bytesPerPixel();

                if (indexed) {
                    System.arraycopy(palette, 3 * packed(row, start, x), rgb, to, 3);
                } else if (bits < 8) {
                    byte level = (byte) (packed(row, start, x) * (255 / ((1 << bits) - 1)));
                    rgb[to] = level;
                    rgb[to + 1] = level;
                    rgb[to + 2] = level;
                } else {
                    rgb[to] = row[from];
                    rgb[to + 1] = row[grey ? from : from + sample];
                    rgb[to + 2] = row[grey ? from : from + 2 * sample];
                }
            }
        }

        private int packed(byte[] row, int start, int x) {
            int bit = x * bits;

            return row[start + (bit >> 3)] >> (8 - bits - (bit & 7)) & ((1 << bits) - 1);
        }
    }

    /** Inflates the pieces and undoes the filters, row by row. */
    private static final class Rows implements AutoCloseable {
        private final Inflater inflater = new Inflater();
        private final Iterator<ByteBuffer> pieces;
        private final byte[] filter = new byte[1];

        Rows(List<ByteBuffer> pieces) {
            this.pieces = pieces.iterator();
        }

        /** Fills a row behind its margin; {@code above} is the row before it, or zeros. */
        void read(byte[] row, int margin, byte[] above) throws IOException {
            fill(filter, 0);
            fill(row, margin);

            switch (filter[0]) {
                case 0 -> {}
                case 1 -> {
                    for (int i = margin; i < row.length; i++) {
                        row[i] += row[i - margin];
                    }
                }
                case 2 -> {
                    for (int i = margin; i < row.length; i++) {
                        row[i] += above[i];
                    }
                }
                case 3 -> {
                    for (int i = margin; i < row.length; i++) {
                        row[i] += (byte) (((row[i - margin] & 0xFF) + (above[i] & 0xFF)) >> 1);
                    }
                }
                case 4 -> {
                    for (int i = margin; i < row.length; i++) {
                        row[i] += (byte) paeth(row[i - margin] & 0xFF, above[i] & 0xFF, above[i - margin] & 0xFF);
                    }
                }
                default -> throw new IOException("a row has the unknown filter " + filter[0]);
            }
        }

        /** Lets the inflater see the check sum behind the last row; a file that lost it is forgiven. */
        void finish() throws IOException {
            try {
                fill(filter, 0);
            } catch (EOFException ends) {
                return;
            }
        }

        @Override
        public void close() {
            inflater.end();
        }

        private void fill(byte[] target, int start) throws IOException {
            int filled = start;

            try {
                while (filled < target.length) {
                    int count = inflater.inflate(target, filled, target.length - filled);
                    filled += count;

                    if (count == 0) {
                        if (inflater.finished() || inflater.needsDictionary() || !pieces.hasNext()) {
                            throw new EOFException("the compressed data ends before the picture is complete");
                        }

                        // A view of its own, so that the picture can be decoded again.
                        inflater.setInput(pieces.next().duplicate());
                    }
                }
            } catch (DataFormatException e) {
                throw new IOException("its compressed data is broken: " + e.getMessage(), e);
            }
        }

        private static int paeth(int left, int up, int upLeft) {
            int toLeft = Math.abs(up - upLeft);
            int toUp = Math.abs(left - upLeft);
            int toUpLeft = Math.abs(left + up - 2 * upLeft);

            if (toLeft <= toUp && toLeft <= toUpLeft) {
                return left;
            }

            return toUp <= toUpLeft ? up : upLeft;
        }
    }
}
