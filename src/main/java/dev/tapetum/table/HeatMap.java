package dev.tapetum.table;

/**
 * A map as it is stored: rows × cols signed cells, row by row, in one number format. Equality is by component, of
 * {@code map} by identity.
 */
@SuppressWarnings("ArrayRecordComponent")
public record HeatMap(int rows, int cols, MapEncoding encoding, byte[] map) {
    private static final float HALF_MAX = 65_504f;
    private static final float HALF_MIN_NORMAL = 0x1p-14f;

    public HeatMap {
        encoding.requireLength(map, rows, cols);
    }

    /**
     * Stores cells in the wanted format where it holds them, else in {@link MapEncoding#FLOAT32}.
     *
     * <p>Halves hold a map when its largest finite magnitude is 0 or within [2⁻¹⁴, 65504]: every cell is then off by at
     * most 2⁻¹¹ of that magnitude. A map of tiny gradients (variances above all) would vanish as halves, so it is kept
     * whole.
     *
     * @throws IllegalArgumentException unless there are rows × cols cells
     */
    public static HeatMap of(int rows, int cols, float[] cells, MapEncoding wanted) {
        if ((long) rows * cols != cells.length) {
            throw new IllegalArgumentException(cells.length + " cells do not make a map of " + rows + " x " + cols);
        }

        MapEncoding encoding = wanted == MapEncoding.FLOAT16 && !halvesHold(cells) ? MapEncoding.FLOAT32 : wanted;
        return new HeatMap(rows, cols, encoding, encoding.encode(cells));
    }

    /** The cells, row by row. */
    public float[] cells() {
        return encoding.decode(map);
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
}
