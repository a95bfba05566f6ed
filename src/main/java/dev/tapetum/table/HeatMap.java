package dev.tapetum.table;

/**
 * A map as it is stored: rows × cols signed cells, row by row, in one number format. Equality is by component, of
 * {@code map} by identity.
 */
@SuppressWarnings("ArrayRecordComponent")
public record HeatMap(int rows, int cols, MapEncoding encoding, byte[] map) {
    public HeatMap {
        encoding.requireLength(map, rows, cols);
    }

    /**
     * Stores cells in the wanted format where it holds them, see {@link MapEncoding#orWider}: a map of tiny gradients
     * (variances above all) would vanish as halves, so it is kept whole.
     *
     * @throws IllegalArgumentException unless there are rows × cols cells
     */
    public static HeatMap of(int rows, int cols, float[] cells, MapEncoding wanted) {
        if ((long) rows * cols != cells.length) {
            throw new IllegalArgumentException(cells.length + " cells do not make a map of " + rows + " x " + cols);
        }

        MapEncoding encoding = wanted.orWider(cells);
        return new HeatMap(rows, cols, encoding, encoding.encode(cells));
    }

    /** The cells, row by row. */
    public float[] cells() {
        return encoding.decode(map);
    }
}
