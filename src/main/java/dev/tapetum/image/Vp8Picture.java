package dev.tapetum.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A VP8 key frame (RFC 6386), which is what a lossy WebP file holds, decoded as libwebp does, and so as Pillow does.
 *
 * <p>We have our own because the reader that ImageIO can be given predicts blocks from samples that were smoothed already,
 * where the standard says that they are not yet, and so is about three grey levels off on average at the usual quality.
 *
 * <p>The frame is predicted and completed as a whole, then smoothed as a whole, then converted to RGB.
 */
final class Vp8Picture {
    private static final int HEADER = 10;
    private static final int SEGMENTS = 4;

    /** Positive numbers lead on, others are modes (negated); the mode numbers are those of {@link Vp8Prediction}. */
    private static final int[] MODE_TREE = {0, 1, -1, 2, -2, 3, 4, 6, -3, 5, -4, -5, -6, 7, -7, 8, -8, -9};

    private static final int[][][] MODE_PROBABILITIES = Vp8Tables.modeProbabilities();

    private final int width;
    private final int height;
    private final int columns;
    private final int rows;
    private final Vp8BoolDecoder header;
    private final Vp8BoolDecoder[] partitions;
    private final Vp8Plane luma;
    private final Vp8Plane blue;
    private final Vp8Plane red;

    private boolean segmented;
    private boolean mapped;
    private final int[] segmentProbabilities = {255, 255, 255};
    private final int[] filterLevels = new int[SEGMENTS];
    private final Vp8Residual.Steps[] steps = new Vp8Residual.Steps[SEGMENTS];
    private final boolean simpleFilter;
    private final boolean filtered;
    private final int sharpness;
    private int wholeFilterDelta;
    private int splitFilterDelta;
    private final int skipProbability;
    private final Vp8Residual residual;

    /**
     * Reads the header.
     *
     * @param frame the content of the chunk
     */
    private Vp8Picture(ByteBuffer frame) throws IOException {
        int tag = (frame.get(0) & 0xFF) | (frame.get(1) & 0xFF) << 8 | (frame.get(2) & 0xFF) << 16;

        if ((tag & 1) != 0 || frame.get(3) != (byte) 0x9D || frame.get(4) != 1 || frame.get(5) != 0x2A) {
            throw new IOException("its lossy picture is no key frame");
        }

        width = ((frame.get(6) & 0xFF) | (frame.get(7) & 0xFF) << 8) & 0x3FFF;
        height = ((frame.get(8) & 0xFF) | (frame.get(9) & 0xFF) << 8) & 0x3FFF;
        columns = (width + 15) / 16;
        rows = (height + 15) / 16;
        int first = tag >> 5;
        header = new Vp8BoolDecoder(frame.slice(HEADER, first));
        header.literal(2);
        int[] quantisers = new int[SEGMENTS];
        boolean absolute = readSegments(quantisers);
        simpleFilter = header.flag();
        int level = header.literal(6);
        filtered = level > 0;
        sharpness = header.literal(3);
        readFilterDeltas();
        partitions = partitions(frame, HEADER + first, 1 << header.literal(2));
        readSteps(quantisers, absolute);

        for (int i = 0; i < SEGMENTS; i++) {
            filterLevels[i] = segmented ? filterLevels[i] + (absolute ? 0 : level) : level;
        }

        // Whether the probabilities outlive this frame; there is no other.
        header.flag();
        residual = new Vp8Residual(Vp8Tables.coefficientProbabilities(header));
        skipProbability = header.flag() ? header.literal(8) : -1;
        luma = new Vp8Plane(16 * columns, 16 * rows);
        blue = new Vp8Plane(8 * columns, 8 * rows);
        red = new Vp8Plane(8 * columns, 8 * rows);
    }

    static RgbImage decode(ByteBuffer frame) throws IOException {
        Vp8Picture picture = new Vp8Picture(frame);
        picture.reconstruct();

        return Yuv420.toRgb(picture.width, picture.height, picture.luma, picture.blue, picture.red);
    }

    private boolean readSegments(int[] quantisers) {
        segmented = header.flag();

        if (!segmented) {
            return false;
        }

        mapped = header.flag();
        boolean absolute = false;

        if (header.flag()) {
            absolute = header.flag();

            for (int i = 0; i < SEGMENTS; i++) {
                quantisers[i] = header.optionalSigned(7);
            }

            for (int i = 0; i < SEGMENTS; i++) {
                filterLevels[i] = header.optionalSigned(6);
            }
        }

        for (int i = 0; mapped && i < segmentProbabilities.length; i++) {
            segmentProbabilities[i] = header.flag() ? header.literal(8) : 255;
        }

        return absolute;
    }

    /** Of the four reference frames and the four modes only those of a key frame matter: itself, and split blocks. */
    private void readFilterDeltas() {
        boolean used = header.flag();
        boolean changed = used && header.flag();

        if (!changed) {
            return;
        }

        int[] deltas = new int[8];

        for (int i = 0; i < deltas.length; i++) {
            deltas[i] = header.optionalSigned(6);
        }

        wholeFilterDelta = deltas[0];
        splitFilterDelta = deltas[0] + deltas[4];
    }

    private static Vp8BoolDecoder[] partitions(ByteBuffer frame, int sizes, int count) throws EOFException {
        Vp8BoolDecoder[] partitions = new Vp8BoolDecoder[count];
        int start = sizes + 3 * (count - 1);

        for (int i = 0; i < count; i++) {
            int at = sizes + 3 * i;
            int rest = frame.capacity() - start;
            int size = i == count - 1
                    ? rest
                    : (frame.get(at) & 0xFF) | (frame.get(at + 1) & 0xFF) << 8 | (frame.get(at + 2) & 0xFF) << 16;

            if (rest <= 0 || size > rest) {
                throw new EOFException("the compressed data ends before the picture is complete");
            }

            partitions[i] = new Vp8BoolDecoder(frame.slice(start, size));
            start += size;
        }

        return partitions;
    }

    private void readSteps(int[] quantisers, boolean absolute) {
        int base = header.literal(7);
        int lumaDc = header.optionalSigned(4);
        int meansDc = header.optionalSigned(4);
        int meansAc = header.optionalSigned(4);
        int colourDc = header.optionalSigned(4);
        int colourAc = header.optionalSigned(4);

        for (int i = 0; i < SEGMENTS; i++) {
            int q = quantisers[i] + (absolute ? 0 : base);
            steps[i] = new Vp8Residual.Steps(
                    new int[] {Vp8Tables.dcStep(q + lumaDc, 127), Vp8Tables.acStep(q)},
                    new int[] {
                        2 * Vp8Tables.dcStep(q + meansDc, 127), Math.max(8, Vp8Tables.acStep(q + meansAc) * 155 / 100)
                    },
                    new int[] {Vp8Tables.dcStep(q + colourDc, 117), Vp8Tables.acStep(q + colourAc)});
        }
    }

    private void reconstruct() throws IOException {
        int[] modesAbove = new int[4 * columns];
        boolean[][] anyAbove = new boolean[columns][9];
        Vp8LoopFilter.Strength[] strengths = new Vp8LoopFilter.Strength[columns * rows];

        for (int row = 0; row < rows; row++) {
            int[] modesLeft = new int[4];
            boolean[] anyLeft = new boolean[9];
            Vp8BoolDecoder bits = partitions[row & (partitions.length - 1)];

            for (int column = 0; column < columns; column++) {
                int segment = mapped ? segment() : 0;
                boolean skipped = skipProbability >= 0 && header.bit(skipProbability) == 1;
                boolean whole = header.bit(145) == 1;
                int[] modes = whole ? wholeMode(column, modesAbove, modesLeft) : modes(column, modesAbove, modesLeft);
                int colourMode = colourMode();
                boolean any = false;

                if (skipped) {
                    residual.clear(anyAbove[column], anyLeft, whole);
                } else {
                    any = residual.read(bits, steps[segment], anyAbove[column], anyLeft, whole);
                }

                header.throwIfRanOut();
                bits.throwIfRanOut();
                luma(column, row, whole, modes);
                colour(blue, 16, column, row, colourMode);
                colour(red, 20, column, row, colourMode);
                int level = filterLevels[segment] + (whole ? wholeFilterDelta : splitFilterDelta);
                strengths[row * columns + column] =
                        Vp8LoopFilter.Strength.of(Math.max(0, Math.min(63, level)), sharpness, !whole || any);
            }
        }

        if (filtered) {
            Vp8LoopFilter filter = new Vp8LoopFilter(simpleFilter, luma, blue, red);

            for (int i = 0; i < strengths.length; i++) {
                filter.macroblock(i % columns, i / columns, strengths[i]);
            }
        }
    }

    private int segment() {
        return header.bit(segmentProbabilities[0]) == 0
                ? header.bit(segmentProbabilities[1])
                : 2 + header.bit(segmentProbabilities[2]);
    }

    private int[] wholeMode(int column, int[] above, int[] left) {
        int mode;

        if (header.bit(156) == 1) {
            mode = header.bit(128) == 1 ? Vp8Prediction.TRUE_MOTION : Vp8Prediction.HORIZONTAL;
        } else {
            mode = header.bit(163) == 1 ? Vp8Prediction.VERTICAL : Vp8Prediction.DC;
        }

        for (int i = 0; i < 4; i++) {
            above[4 * column + i] = mode;
            left[i] = mode;
        }

        return new int[] {mode};
    }

    private int[] modes(int column, int[] above, int[] left) {
        int[] modes = new int[16];

        for (int i = 0; i < 16; i++) {
            int x = 4 * column + (i & 3);
            int[] probabilities = MODE_PROBABILITIES[above[x]][left[i >> 2]];
            int node = MODE_TREE[header.bit(probabilities[0])];

            while (node > 0) {
                node = MODE_TREE[2 * node + header.bit(probabilities[node])];
            }

            modes[i] = -node;
            above[x] = -node;
            left[i >> 2] = -node;
        }

        return modes;
    }

    private int colourMode() {
        if (header.bit(142) == 0) {
            return Vp8Prediction.DC;
        }

        if (header.bit(114) == 0) {
            return Vp8Prediction.VERTICAL;
        }

        return header.bit(183) == 1 ? Vp8Prediction.TRUE_MOTION : Vp8Prediction.HORIZONTAL;
    }

    private void luma(int column, int row, boolean whole, int[] modes) {
        if (whole) {
            Vp8Prediction.whole(luma, 16 * column, 16 * row, 16, modes[0]);
        }

        for (int i = 0; i < 16; i++) {
            int x = 16 * column + 4 * (i & 3);
            int y = 16 * row + 4 * (i >> 2);

            if (!whole) {
                Vp8Prediction.four(luma, x, y, modes[i], edge(x, y, column, row));
            }

            residual.add(i, luma, x, y);
        }
    }

    /**
     * The samples around a 4x4 block. Those above and to the right of the last blocks of a macroblock are always taken
     * from the macroblock row above; at the right end of the picture its last sample stands for them.
     */
    private int[] edge(int x, int y, int column, int row) {
        int[] edge = new int[13];

        for (int i = 0; i < 4; i++) {
            edge[3 - i] = luma.at(x - 1, y + i);
            edge[5 + i] = luma.at(x + i, y - 1);
        }

        edge[4] = luma.at(x - 1, y - 1);
        boolean lastBlock = (x & 15) == 12;
        int above = lastBlock ? 16 * row - 1 : y - 1;
        boolean beyond = lastBlock && column == columns - 1 && row > 0;

        for (int i = 0; i < 4; i++) {
            edge[9 + i] = luma.at(beyond ? x + 3 : x + 4 + i, above);
        }

        return edge;
    }

    private void colour(Vp8Plane plane, int firstBlock, int column, int row, int mode) {
        Vp8Prediction.whole(plane, 8 * column, 8 * row, 8, mode);

        for (int i = 0; i < 4; i++) {
            residual.add(firstBlock + i, plane, 8 * column + 4 * (i & 1), 8 * row + 4 * (i >> 1));
        }
    }
}
