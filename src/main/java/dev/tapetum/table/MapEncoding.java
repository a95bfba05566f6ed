package dev.tapetum.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How the cells of a stored map or matrix are written: row by row, little-endian IEEE 754. */
public enum MapEncoding {
    /** Two bytes a cell: 11 bits of precision, at most 65,504, steps of 2⁻²⁴ below 2⁻¹⁴. */
    FLOAT16(Short.BYTES),
    /** Four bytes a cell, exact. */
    FLOAT32(Float.BYTES);

    private static final float HALF_MAX = 65_504f;
    private static final float HALF_MIN_NORMAL = 0x1p-14f;

    private final int cellBytes;

    MapEncoding(int cellBytes) {
        this.cellBytes = cellBytes;
    }

    /**
     * This format where it holds the cells, else {@link #FLOAT32}.
     *
     * <p>Halves hold cells whose largest finite magnitude is 0 or within [2⁻¹⁴, 65504]: each is then off by at most 2⁻¹¹ of
     * that magnitude.
     */
    MapEncoding orWider(float[] cells) {
        return this == FLOAT16 && !halvesHold(cells) ? FLOAT32 : this;
    }

    private static boolean halvesHold(float[] cells) {
        float largest = 0;

        for (float cell : cells) {
            float magnitude = Math.abs(cell);

            if (Float.isFinite(magnitude) && magnitude > largest) {
                largest = magnitude;
            }
        }

        return largest == 0 || (largest >= HALF_MIN_NORMAL && largest <= HALF_MAX);
    }

    /** The cells as bytes, rounded to the nearest number of this format, ties to even. */
    byte[] encode(float[] cells) {
        ByteBuffer buffer = ByteBuffer.allocate(cells.length * cellBytes).order(ByteOrder.LITTLE_ENDIAN);

        for (float cell : cells) {
            switch (this) {
                case FLOAT16 -> buffer.putShort(Half.of(cell));
                case FLOAT32 -> buffer.putFloat(cell);
            }
        }

        return buffer.array();
    }

    /** The cells that the bytes stand for. */
    float[] decode(byte[] map) {
        ByteBuffer buffer = ByteBuffer.wrap(map).order(ByteOrder.LITTLE_ENDIAN);
        float[] cells = new float[map.length / cellBytes];

        for (int i = 0; i < cells.length; i++) {
            cells[i] = switch (this) {
                case FLOAT16 -> Half.toFloat(buffer.getShort());
                case FLOAT32 -> buffer.getFloat();
            };
        }

        return cells;
    }

    /** Refuses a map that does not have rows times columns cells of this format. */
    void requireLength(byte[] map, int rows, int cols) {
        if (rows < 1 || cols < 1 || map.length != (long) rows * cols * cellBytes) {
            throw new IllegalArgumentException(
                    "A map of " + rows + " x " + cols + " cells in " + this + " cannot have " + map.length + " bytes");
        }
    }
}
