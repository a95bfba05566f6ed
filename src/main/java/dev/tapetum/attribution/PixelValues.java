package dev.tapetum.attribution;

import dev.tapetum.model.InputSpec;
import java.util.Objects;

/**
 * Planar values over the input or over a coarser grid.
 *
 * @param channels the input's channels, or 1 for a method that has one value per position
 * @param spread how the values relate to the pixels below them
 * @param values {@code channels × rows × cols} floats
 */
public record PixelValues(int channels, int rows, int cols, Spread spread, float[] values) {

    /** What happens to a value when the grid becomes finer or coarser. */
    public enum Spread {
        /** The value is an amount: cells add up, and a map's total is kept. */
        AMOUNT,
        /** The value is a level, as in class activation maps: it is interpolated bilinearly. */
        LEVEL
    }

    public PixelValues {
        Objects.requireNonNull(spread, "spread");
        if (values.length != channels * rows * cols) {
            throw new IllegalArgumentException(values.length + " values for " + channels + "x" + rows + "x" + cols);
        }
    }

    /** Amounts of the input's own shape. */
    static PixelValues ofInput(InputSpec input, float[] values) {
        return new PixelValues(input.channels(), input.height(), input.width(), Spread.AMOUNT, values);
    }

    /** The sum of all values, in double precision. */
    public double sum() {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }

        return sum;
    }

    /** Whether every value is a finite number. */
    public boolean isFinite() {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }

        return true;
    }

    /** Other values on the same grid. */
    PixelValues withValues(float[] others) {
        return new PixelValues(channels, rows, cols, spread, others);
    }

    /** The modulus of every value. */
    public PixelValues absolute() {
        float[] sizes = new float[values.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.abs(values[i]);
        }

        return withValues(sizes);
    }

    /** Summed over channels: {@code 1 × rows × cols}. */
    public PixelValues channelSum() {
        if (channels == 1) {
            return this;
        }

        int plane = rows * cols;
        float[] summed = new float[plane];
        for (int i = 0; i < plane; i++) {
            double sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += values[c * plane + i];
            }

            summed[i] = (float) sum;
        }

        return new PixelValues(1, rows, cols, spread, summed);
    }

    /**
     * One plane on another grid: amounts are shared out by overlapping area, so that their total stays; levels are
     * interpolated bilinearly between cell centres, clamped at the border.
     */
    public PixelValues resampled(int newRows, int newCols) {
        if (channels != 1) {
            throw new IllegalStateException("Sum the channels before the grid is changed");
        }

        if (newRows == rows && newCols == cols) {
            return this;
        }

        Axis down = spread == Spread.AMOUNT ? Axis.sharing(rows, newRows) : Axis.between(rows, newRows);
        Axis across = spread == Spread.AMOUNT ? Axis.sharing(cols, newCols) : Axis.between(cols, newCols);
        float[] resampled = new float[newRows * newCols];
        for (int row = 0; row < newRows; row++) {
            for (int col = 0; col < newCols; col++) {
                double sum = 0;
                for (int i = 0; i < down.weights[row].length; i++) {
                    int from = (down.first[row] + i) * cols + across.first[col];
                    for (int j = 0; j < across.weights[col].length; j++) {
                        sum += down.weights[row][i] * across.weights[col][j] * values[from + j];
                    }
                }

                resampled[row * newCols + col] = (float) sum;
            }
        }

        return new PixelValues(1, newRows, newCols, spread, resampled);
    }

    /** Which old cells, with which weights, make up each new cell of one axis. */
    private record Axis(int[] first, double[][] weights) {

        /** Old cell {@code i} gives each new cell the fraction of itself that lies in it. */
        static Axis sharing(int from, int to) {
            int[] first = new int[to];
            double[][] weights = new double[to][];
            double width = (double) from / to;
            for (int cell = 0; cell < to; cell++) {
                double start = cell * width;
                double end = start + width;
                first[cell] = Math.min((int) start, from - 1);
                int last = Math.min((int) Math.ceil(end - 1e-9), from);
                weights[cell] = new double[Math.max(1, last - first[cell])];
                for (int i = 0; i < weights[cell].length; i++) {
                    int old = first[cell] + i;
                    weights[cell][i] = Math.min(end, old + 1.0) - Math.max(start, old);
                }
            }

            return new Axis(first, weights);
        }

        static Axis between(int from, int to) {
            int[] first = new int[to];
            double[][] weights = new double[to][];
            for (int cell = 0; cell < to; cell++) {
                double centre = Math.min(Math.max((cell + 0.5) * from / to - 0.5, 0), from - 1.0);
                first[cell] = (int) centre;
                double beyond = centre - first[cell];
                weights[cell] = first[cell] + 1 < from ? new double[] {1 - beyond, beyond} : new double[] {1};
            }

            return new Axis(first, weights);
        }
    }
}
