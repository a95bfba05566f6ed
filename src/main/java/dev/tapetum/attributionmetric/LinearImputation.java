package dev.tapetum.attributionmetric;

import dev.tapetum.model.InputSpec;

/**
 * An image whose removed pixels are, per channel, the weighted means of their neighbours, removed ones among them: the
 * neighbours beside, above and below weigh 1/6, the diagonal ones 1/12, and what lies beyond the border nothing, so that a
 * pixel there is the mean of the neighbours it has.
 *
 * <p>Rong et al. 2022 (arXiv 2202.00449, section 4.2), who solve the equations directly. Ours are solved by conjugate
 * gradients with a cycle of multigrid as the preconditioner: Jacobi's iteration, which these weights make shrink whatever
 * alternates between pixels to a third in every sweep, around a correction on coarser grids for what does not. More pixels
 * can be removed later; the iteration then goes on from where it was.
 */
final class LinearImputation {

    /** Largest error, on the scale of pixels from 0 to 1: a thousandth of a grey level. */
    static final double TOLERANCE = 1e-3 / 255;

    /** The estimate of the error understates it where a hole is large and odd. */
    private static final double ENOUGH = 0.3;

    /** Far more than any image has needed: not to arrive is a mistake of this class. */
    private static final int MOST_ITERATIONS = 100;

    /** Weights in twelfths: whole numbers add up exactly, and a rounded sum would pull large holes towards zero. */
    private static final float DIRECT = 2;

    private static final float DIAGONAL = 1;

    private final InputSpec input;
    private final int width;
    /** Per channel, with a border of one pixel of zeros, as all arrays here. */
    private final double[][] planes;

    private final float[] removed;
    /** The weights of the neighbours that a pixel has, together. */
    private final float[] weights;

    /** One over these for a removed pixel, zero for one that stays. */
    private final float[] step;

    private final CoarseGrid grid;
    private int count;

    LinearImputation(float[] pixels, InputSpec input) {
        this.input = input;
        this.width = input.width() + 2;
        int length = (input.height() + 2) * width;
        this.planes = new double[input.channels()][length];
        this.removed = new float[length];
        this.weights = new float[length];
        this.step = new float[length];
        this.grid = CoarseGrid.under(input.height(), input.width());
        for (int row = 0; row < input.height(); row++) {
            for (int col = 0; col < input.width(); col++) {
                weights[at(row, col)] = weightsOf(row, col);
            }

            for (int c = 0; c < planes.length; c++) {
                for (int col = 0; col < input.width(); col++) {
                    planes[c][at(row, col)] = pixels[c * input.pixels() + row * input.width() + col];
                }
            }
        }
    }

    /** Removes a pixel, once; at least one must stay. */
    void remove(int pixel) {
        int row = pixel / input.width();
        int col = pixel % input.width();
        int i = at(row, col);
        removed[i] = 1;
        count++;
        step[i] = 1 / weights[i];
        grid.couple(row, col, row, col, weights[i]);
        for (int down = -1; down <= 1; down++) {
            for (int across = -1; across <= 1; across++) {
                if ((down != 0 || across != 0) && removed[at(row + down, col + across)] != 0) {
                    grid.couple(row, col, row + down, col + across, -weight(down, across));
                    grid.couple(row + down, col + across, row, col, -weight(down, across));
                }
            }
        }
    }

    /** The image with its removed pixels imputed, {@link InputSpec#size()} floats. */
    float[] pixels() {
        grid.refresh();
        Work work = new Work(unknowns(), removed.length);
        for (int c = 0; c < planes.length; c++) {
            solve(planes[c], work, ENOUGH * TOLERANCE / input.std().get(c));
        }

        float[] pixels = new float[input.size()];
        for (int c = 0; c < planes.length; c++) {
            for (int row = 0; row < input.height(); row++) {
                for (int col = 0; col < input.width(); col++) {
                    pixels[c * input.pixels() + row * input.width() + col] = (float) planes[c][at(row, col)];
                }
            }
        }

        return pixels;
    }

    /**
     * Conjugate gradients from where the plane is, until the estimate of the error is small enough. What is left is told in
     * double precision, since single precision loses too much of a large hole; what is added need not be.
     */
    private void solve(double[] x, Work work, double enough) {
        for (int i : work.unknowns) {
            double direct = x[i - 1] + x[i + 1] + x[i - width] + x[i + width];
            double diagonal = x[i - width - 1] + x[i - width + 1] + x[i + width - 1] + x[i + width + 1];
            work.residual[i] = (float) (DIRECT * direct + DIAGONAL * diagonal - weights[i] * x[i]);
            work.direction[i] = 0;
        }

        double before = Double.POSITIVE_INFINITY;
        float largest = 0;
        for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
            cycle(work);
            double product = 0;
            largest = 0;
            for (int i : work.unknowns) {
                product += (double) work.residual[i] * work.estimate[i];
                largest = Math.max(largest, Math.abs(work.estimate[i]));
            }

            if (largest <= enough) {
                return;
            }

            float keep = (float) (product / before);
            for (int i = 0; i < x.length; i++) {
                work.direction[i] = work.estimate[i] + keep * work.direction[i];
            }

            apply(work.unknowns, work.direction, work.applied);
            double curvature = 0;
            for (int i : work.unknowns) {
                curvature += (double) work.direction[i] * work.applied[i];
            }

            float length = (float) (product / curvature);
            for (int i = 0; i < x.length; i++) {
                x[i] += (double) length * work.direction[i];
                work.residual[i] -= length * work.applied[i];
            }

            before = product;
        }

        throw new IllegalStateException(
                "After " + MOST_ITERATIONS + " iterations, the imputation of " + work.unknowns.length
                        + " of " + input.pixels() + " pixels is still about " + largest
                        + " away, in normalised units, of which "
                        + enough + " are allowed");
    }

    /** What one cycle of the multigrid makes of the residual: nearly the error, by a symmetric operation. */
    private void cycle(Work work) {
        for (int i = 0; i < work.estimate.length; i++) {
            work.estimate[i] = step[i] * work.residual[i];
        }

        leftOver(work);
        grid.correct(work.estimate, work.leftOver, removed, input.height(), input.width());
        leftOver(work);
        for (int i = 0; i < work.estimate.length; i++) {
            work.estimate[i] += step[i] * work.leftOver[i];
        }
    }

    private void leftOver(Work work) {
        apply(work.unknowns, work.estimate, work.leftOver);
        for (int i = 0; i < work.leftOver.length; i++) {
            work.leftOver[i] = work.residual[i] - work.leftOver[i];
        }
    }

    /** {@code y = A x}: for a removed pixel, what it has more than its neighbours' mean, times their weights. */
    private void apply(int[] unknowns, float[] x, float[] y) {
        for (int i : unknowns) {
            float direct = x[i - 1] + x[i + 1] + x[i - width] + x[i + width];
            float diagonal = x[i - width - 1] + x[i - width + 1] + x[i + width - 1] + x[i + width + 1];
            y[i] = weights[i] * x[i] - DIRECT * direct - DIAGONAL * diagonal;
        }
    }

    /** Where the removed pixels are, in the order in which they lie in memory. */
    private int[] unknowns() {
        int[] unknowns = new int[count];
        int next = 0;
        for (int i = 0; i < removed.length; i++) {
            if (removed[i] != 0) {
                unknowns[next++] = i;
            }
        }

        return unknowns;
    }

    /** What the iteration needs beside the planes; zero wherever a pixel stays. */
    private record Work(
            int[] unknowns, float[] residual, float[] estimate, float[] leftOver, float[] direction, float[] applied) {

        Work(int[] unknowns, int length) {
            this(
                    unknowns,
                    new float[length],
                    new float[length],
                    new float[length],
                    new float[length],
                    new float[length]);
        }
    }

    private float weightsOf(int row, int col) {
        float sum = 0;
        for (int r = Math.max(0, row - 1); r <= Math.min(input.height() - 1, row + 1); r++) {
            for (int c = Math.max(0, col - 1); c <= Math.min(input.width() - 1, col + 1); c++) {
                sum += r == row && c == col ? 0 : weight(r - row, c - col);
            }
        }

        return sum;
    }

    private static float weight(int down, int across) {
        return down == 0 || across == 0 ? DIRECT : DIAGONAL;
    }

    private int at(int row, int col) {
        return (row + 1) * width + col + 1;
    }
}
