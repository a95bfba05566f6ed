package dev.tapetum.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A Windows or OS/2 bitmap: 1, 4, 8, 16, 24 or 32 bits, with bit fields, and run-length coded with 4 or 8 bits.
 * Transparency is dropped, palette entries that are missing are black.
 *
 * @param topDown whether the first stored row is the top one
 * @param bits bits of a pixel
 * @param runLength whether the rows are run-length coded
 * @param masks the bits of red, green and blue in a pixel of 16, 24 or 32 bits
 * @param palette red, green and blue of 256 colours
 * @param pixels the rows
 */
record BmpFile(
        int width,
        int height,
        boolean topDown,
        int bits,
        boolean runLength,
        int[] masks,
        byte[] palette,
        ByteBuffer pixels)
        implements EncodedImage {

    private static final int FILE_HEADER = 14;
    private static final int OS2_HEADER = 12;

    static boolean matches(byte[] file) {
        return file.length >= 2 && file[0] == 'B' && file[1] == 'M';
    }

    static BmpFile parse(byte[] bytes) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int header = file.getInt(14);
        boolean os2 = header == OS2_HEADER;

        if (!os2 && (header < 40 || header > 124)) {
            throw new IOException("it has a header of " + header + " bytes");
        }

        int width = os2 ? file.getShort(18) & 0xFFFF : file.getInt(18);
        int height = os2 ? file.getShort(20) & 0xFFFF : file.getInt(22);
        int bits = file.getShort(os2 ? 24 : 28);
        int compression = os2 ? 0 : file.getInt(30);
        boolean fields = compression == 3 && (bits == 16 || bits == 32);
        boolean runLength = (compression == 1 && bits == 8) || (compression == 2 && bits == 4);

        if (height == Integer.MIN_VALUE) {
            throw new IOException("its height is -2,147,483,648");
        }

        if (compression != 0 && !fields && !runLength) {
            throw new UnsupportedVariantException("BMP with compression " + compression + " and " + bits + " bits");
        }

        int[] masks = bits == 16 ? new int[] {0x7C00, 0x03E0, 0x001F} : new int[] {0xFF0000, 0x00FF00, 0x0000FF};

        if (fields) {
            masks = new int[] {file.getInt(54), file.getInt(58), file.getInt(62)};
        }

        int start = file.getInt(10);

        return new BmpFile(
                width,
                Math.abs(height),
                height < 0,
                bits,
                runLength,
                masks,
                palette(file, bits, header, fields && header == 40 ? 12 : 0),
                file.slice(start, bytes.length - start).order(ByteOrder.LITTLE_ENDIAN));
    }

    @Override
    public Orientation orientation() {
        return Orientation.UPRIGHT;
    }

    /** An index per pixel beside the picture, when there is a palette. */
    @Override
    public int heapPerPixel() {
        return 4;
    }

    @Override
    public RgbImage decode() throws IOException {
        return new RgbImage(
                width,
                height,
                switch (bits) {
                    case 1, 4, 8 -> coloured(runLength ? runs() : indices());
                    case 16, 24, 32 -> direct();
                    default -> throw new IOException("it has " + bits + " bits per pixel");
                });
    }

    private static byte[] palette(ByteBuffer file, int bits, int header, int between) {
        byte[] palette = new byte[3 * 256];

        if (bits > 8) {
            return palette;
        }

        boolean os2 = header == OS2_HEADER;
        int used = os2 ? 0 : file.getInt(46);
        int colours = used > 0 && used < 1 << bits ? used : 1 << bits;
        int at = FILE_HEADER + header + between;

        for (int i = 0; i < colours; i++, at += os2 ? 3 : 4) {
            palette[3 * i] = file.get(at + 2);
            palette[3 * i + 1] = file.get(at + 1);
            palette[3 * i + 2] = file.get(at);
        }

        return palette;
    }

    private int stride() throws IOException {
        long stride = ((long) width * bits + 31) / 32 * 4;
        // The padding behind the last row is often left out.
        long missing = stride * (height - 1) + ((long) width * bits + 7) / 8 - pixels.capacity();

        if (missing > 0) {
            throw new EOFException("%,d bytes of pixels are missing".formatted(missing));
        }

        return (int) stride;
    }

    private int storedRow(int y) {
        return topDown ? y : height - 1 - y;
    }

    private byte[] indices() throws IOException {
        int stride = stride();
        byte[] indices = new byte[width * height];

        for (int y = 0, to = 0; y < height; y++) {
            int row = storedRow(y) * stride;

            for (int x = 0; x < width; x++) {
                int bit = x * bits;
                indices[to++] = (byte) (pixels.get(row + (bit >> 3)) >> (8 - bits - (bit & 7)) & ((1 << bits) - 1));
            }
        }

        return indices;
    }

    /** Pairs of a count and a value; a count of zero leads to an escape: end of row, end of picture, jump, or literals. */
    private byte[] runs() throws IOException {
        byte[] indices = new byte[width * height];
        int x = 0;
        int row = 0;

        for (int at = 0; row < height - 1 || (row == height - 1 && x < width); at += 2) {
            int count = pixels.get(at) & 0xFF;
            int value = pixels.get(at + 1) & 0xFF;

            if (count > 0) {
                for (int i = 0; i < count; i++) {
                    put(indices, x++, row, bits == 8 ? value : nibble(value, i));
                }
            } else if (value == 0) {
                x = 0;
                row++;
            } else if (value == 1) {
                break;
            } else if (value == 2) {
                x += pixels.get(at + 2) & 0xFF;
                row += pixels.get(at + 3) & 0xFF;
                at += 2;
            } else {
                for (int i = 0; i < value; i++) {
                    int literal = pixels.get(at + 2 + (bits == 8 ? i : i / 2)) & 0xFF;
                    put(indices, x++, row, bits == 8 ? literal : nibble(literal, i));
                }

                at += (bits == 8 ? value + 1 : (value + 3) / 2) / 2 * 2;
            }
        }

        return indices;
    }

    private static int nibble(int value, int index) {
        return (index & 1) == 0 ? value >> 4 : value & 0xF;
    }

    private void put(byte[] indices, int x, int row, int value) throws IOException {
        if (x >= width) {
            throw new IOException("a run goes beyond the end of its row");
        }

        indices[storedRow(row) * width + x] = (byte) value;
    }

    private byte[] coloured(byte[] indices) {
        byte[] rgb = new byte[3 * indices.length];

        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(palette, 3 * (indices[i] & 0xFF), rgb, 3 * i, 3);
        }

        return rgb;
    }

    private byte[] direct() throws IOException {
        int stride = stride();
        byte[] rgb = new byte[3 * width * height];

        for (int y = 0, to = 0; y < height; y++) {
            int from = storedRow(y) * stride;

            for (int x = 0; x < width; x++, from += bits / 8) {
                int pixel = pixel(from);

                for (int mask : masks) {
                    rgb[to++] = level(pixel, mask);
                }
            }
        }

        return rgb;
    }

    private int pixel(int from) {
        return switch (bits) {
            case 16 -> pixels.getShort(from) & 0xFFFF;
            case 24 -> (pixels.getShort(from) & 0xFFFF) | (pixels.get(from + 2) & 0xFF) << 16;
            default -> pixels.getInt(from);
        };
    }

    private static byte level(int pixel, int mask) {
        if (mask == 0) {
            return 0;
        }

        int shift = Integer.numberOfTrailingZeros(mask);
        long most = Integer.toUnsignedLong(mask >>> shift);

        return (byte) (Integer.toUnsignedLong((pixel & mask) >>> shift) * 255 / most);
    }
}
