package dev.tapetum.prototype;

import dev.tapetum.model.InputSpec;
import java.util.List;

/**
 * A price on drawings of one class that went the same way: for drawing i the mean over the others j of {@code cos(u_i, u_j)}, where
 * {@code u = P d} is how far a drawing has come from its start, {@code d = x − x₀}, as means over blocks, so that noise does not
 * make two drawings different.
 *
 * <p>Others are held fixed, as each drawing has an objective of its own. With {@code û = u/|u|} the gradient is {@code Pᵀ mean_j (û_j −
 * cos(u_i, u_j) û_i)/|u_i|}. A drawing that has not moved has no direction: its cosines are 0 and it gets no gradient.
 *
 * @param input whose shape the drawings have; a block is 4×4 pixels, or fewer so that there are two along each side; blocks at the
 *     right and lower end may be cut off
 */
record Diversity(InputSpec input) {

    private static final int LARGEST_BLOCK = 4;

    /** The mean cosine between the ways of one drawing and of the others; 0 where there are no others. */
    double value(int own, List<double[]> ways) {
        double[] u = blocks(ways.get(own));
        double sum = 0;
        for (int j = 0; j < ways.size(); j++) {
            sum += j == own ? 0 : cosine(u, blocks(ways.get(j)));
        }

        return ways.size() < 2 ? 0 : sum / (ways.size() - 1);
    }

    /**
     * {@code weight} times the gradient of {@link #value} with respect to the own drawing.
     *
     * @param ways {@code x − x₀} of all drawings
     */
    double[] gradient(double weight, int own, List<double[]> ways) {
        double[] u = blocks(ways.get(own));
        double length = length(u);
        double[] slope = new double[u.length];
        for (int j = 0; j < ways.size(); j++) {
            double[] other = blocks(ways.get(j));
            double otherLength = length(other);
            if (j != own && length > 0 && otherLength > 0) {
                double cosine = cosine(u, other);
                for (int b = 0; b < slope.length; b++) {
                    slope[b] += (other[b] / otherLength - cosine * u[b] / length) / length;
                }
            }
        }

        for (int b = 0; b < slope.length; b++) {
            slope[b] *= weight / Math.max(1, ways.size() - 1);
        }

        return spread(slope);
    }

    private double[] blocks(double[] way) {
        double[] means = new double[input.channels() * rows() * columns()];
        for (int i = 0; i < way.length; i++) {
            means[block(i)] += way[i] / blockSize(i);
        }

        return means;
    }

    /** The adjoint of {@link #blocks}. */
    private double[] spread(double[] means) {
        double[] values = new double[input.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = means[block(i)] / blockSize(i);
        }

        return values;
    }

    private int block(int i) {
        int channel = i / input.pixels();
        return (channel * rows() + row(i) / side(input.height())) * columns() + column(i) / side(input.width());
    }

    /** Pixels in the block of a value. */
    private int blockSize(int i) {
        return extent(row(i), input.height()) * extent(column(i), input.width());
    }

    private static int extent(int at, int length) {
        int side = side(length);
        return Math.min(side, length - at / side * side);
    }

    private int row(int i) {
        return i % input.pixels() / input.width();
    }

    private int column(int i) {
        return i % input.width();
    }

    private int rows() {
        return (input.height() + side(input.height()) - 1) / side(input.height());
    }

    private int columns() {
        return (input.width() + side(input.width()) - 1) / side(input.width());
    }

    private static int side(int length) {
        return Math.max(1, Math.min(LARGEST_BLOCK, length / 2));
    }

    private static double cosine(double[] a, double[] b) {
        double product = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
        }

        double lengths = length(a) * length(b);
        return lengths > 0 ? product / lengths : 0;
    }

    private static double length(double[] values) {
        double squares = 0;
        for (double value : values) {
            squares += value * value;
        }

        return Math.sqrt(squares);
    }
}
