package dev.tapetum.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The first picture of a GIF file (versions 87a and 89a) on its canvas. Where the picture does not cover the canvas, it
 * has the colour behind the transparent index, or behind index 0 when nothing is transparent, as in Pillow.
 *
 * @param width columns of the canvas
 * @param height rows of the canvas
 * @param picture where the first picture lies on it
 * @param interlaced whether its rows come in four passes
 * @param background the index that the canvas is filled with
 * @param palette red, green and blue of 256 colours
 * @param codes the code size and the blocks of codes
 */
record GifFile(
        int width,
        int height,
        Resampler.Region picture,
        boolean interlaced,
        int background,
        byte[] palette,
        ByteBuffer codes)
        implements EncodedImage {

    private static final int MAX_CODES = 4096;

    static boolean matches(byte[] file) {
        return file.length >= 6
                && file[0] == 'G'
                && file[1] == 'I'
                && file[2] == 'F'
                && file[3] == '8'
                && (file[4] == '7' || file[4] == '9')
                && file[5] == 'a';
    }

    static GifFile parse(byte[] bytes) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int screenWidth = file.getShort(6) & 0xFFFF;
        int screenHeight = file.getShort(8) & 0xFFFF;
        byte[] palette = greys();
        int at = 13 + readPalette(file, file.get(10), 13, palette);
        int background = 0;

        while (file.get(at) != ',') {
            if (file.get(at) == ';') {
                throw new IOException("it ends without a picture");
            }

            // A graphic control extension with the transparency flag set; everything else is skipped.
            if (file.getShort(at) == (short) 0xF921 && file.get(at + 2) >= 4 && (file.get(at + 3) & 1) != 0) {
                background = file.get(at + 6) & 0xFF;
            }

            at = file.get(at) == '!' ? endOfBlocks(file, at + 2) : at + 1;
        }

        Resampler.Region picture = new Resampler.Region(
                file.getShort(at + 1) & 0xFFFF,
                file.getShort(at + 3) & 0xFFFF,
                file.getShort(at + 5) & 0xFFFF,
                file.getShort(at + 7) & 0xFFFF);
        int flags = file.get(at + 9);
        at += 10 + readPalette(file, flags, at + 10, palette);

        return new GifFile(
                Math.max(screenWidth, picture.left() + picture.width()),
                Math.max(screenHeight, picture.top() + picture.height()),
                picture,
                (flags & 0x40) != 0,
                background,
                palette,
                file.slice(at, bytes.length - at));
    }

    @Override
    public Orientation orientation() {
        return Orientation.UPRIGHT;
    }

    /** The indices, once as they are stored and once on the canvas, beside the picture. */
    @Override
    public int heapPerPixel() {
        return 5;
    }

    @Override
    public RgbImage decode() throws IOException {
        byte[] canvas = new byte[width * height];
        Arrays.fill(canvas, (byte) background);
        byte[] indices = indices();
        int[] rows = rows();

        for (int i = 0; i < rows.length; i++) {
            int to = (picture.top() + rows[i]) * width + picture.left();
            System.arraycopy(indices, i * picture.width(), canvas, to, picture.width());
        }

        byte[] rgb = new byte[3 * canvas.length];

        for (int i = 0; i < canvas.length; i++) {
            System.arraycopy(palette, 3 * (canvas[i] & 0xFF), rgb, 3 * i, 3);
        }

        return new RgbImage(width, height, rgb);
    }

    private static byte[] greys() {
        byte[] greys = new byte[3 * 256];

        for (int i = 0; i < greys.length; i++) {
            greys[i] = (byte) (i / 3);
        }

        return greys;
    }

    /** Replaces the palette when the flags announce one; returns its length in the file. */
    private static int readPalette(ByteBuffer file, int flags, int at, byte[] palette) {
        if ((flags & 0x80) == 0) {
            return 0;
        }

        int length = 3 << ((flags & 7) + 1);
        Arrays.fill(palette, (byte) 0);
        file.get(at, palette, 0, length);

        return length;
    }

    private static int endOfBlocks(ByteBuffer file, int start) {
        int at = start;

        while (file.get(at) != 0) {
            at += 1 + (file.get(at) & 0xFF);
        }

        return at + 1;
    }

    /** The rows of the picture in the order in which they are stored. */
    private int[] rows() {
        int[] rows = new int[picture.height()];
        int[][] passes = interlaced ? new int[][] {{0, 8}, {4, 8}, {2, 4}, {1, 2}} : new int[][] {{0, 1}};
        int stored = 0;

        for (int[] pass : passes) {
            for (int row = pass[0]; row < rows.length; row += pass[1]) {
                rows[stored++] = row;
            }
        }

        return rows;
    }

    /** Undoes the LZW coding: every code stands for the text of an earlier one and one more index. */
    private byte[] indices() throws IOException {
        int codeSize = codes.get(0);

        if (codeSize < 1 || codeSize > 11) {
            throw new IOException("its code size is " + codeSize);
        }

        byte[] indices = new byte[picture.width() * picture.height()];
        Bits bits = new Bits(codes);
        int clear = 1 << codeSize;
        int[] starts = new int[MAX_CODES];
        int[] lengths = new int[MAX_CODES];
        int size = codeSize + 1;
        int next = clear + 2;
        int previousStart = 0;
        int previousLength = 0;

        for (int filled = 0; filled < indices.length; ) {
            int code = bits.next(size);

            if (code == clear) {
                size = codeSize + 1;
                next = clear + 2;
                previousLength = 0;
                continue;
            }

            if (code == clear + 1 || code > next || (code >= clear && previousLength == 0)) {
                throw new IOException(code == clear + 1 ? "its picture ends too early" : "an unknown code " + code);
            }

            // The text of a new code is the text of the previous code and the index that now follows it: because both
            // stand next to each other in the output already, start and length say it all.
            if (previousLength > 0 && next < MAX_CODES) {
                starts[next] = previousStart;
                lengths[next] = previousLength + 1;
                next++;
            } else if (code == next) {
                throw new IOException("an unknown code " + code);
            }

            int length = code < clear ? 1 : lengths[code];
            previousStart = filled;
            previousLength = length;

            for (int i = 0; i < length && filled < indices.length; i++) {
                indices[filled] = code < clear ? (byte) code : indices[starts[code] + i];
                filled++;
            }

            if (next == 1 << size && size < 12) {
                size++;
            }
        }

        return indices;
    }

    /** Codes of a varying number of bits, lowest bit first, from blocks that each begin with their length. */
    private static final class Bits {
        private final ByteBuffer blocks;
        private int at = 1;
        private int blockEnd = 1;
        private int held;
        private int count;

        Bits(ByteBuffer blocks) {
            this.blocks = blocks;
        }

        int next(int size) throws EOFException {
            while (count < size) {
                if (at == blockEnd) {
                    int length = blocks.get(at++) & 0xFF;
                    blockEnd = at + length;

                    if (length == 0) {
                        throw new EOFException("the compressed data ends before the picture is complete");
                    }
                }

                held |= (blocks.get(at++) & 0xFF) << count;
                count += 8;
            }

            int code = held & ((1 << size) - 1);
            held >>>= size;
            count -= size;

            return code;
        }
    }
}
