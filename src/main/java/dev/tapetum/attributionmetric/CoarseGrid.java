package dev.tapetum.attributionmetric;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One level of the multigrid of {@link LinearImputation}: unknowns on every second row and column of the grid above,
 * interpolated bilinearly in between, down to three by three of them.
 *
 * <p>The equations are those of the grid above seen through that interpolation, {@code A' = Pᵀ A P}, which stay couplings of
 * neighbours. So a pixel that is known on the finest grid is felt on all of them, however the known ones are strewn.
 * Briggs, Henson and McCormick 2000 ("A Multigrid Tutorial", chapters 5 and 8). Arrays have a border of one cell of zeros.
 */
final class CoarseGrid {

    private static final int SMALLEST = 3;
    private static final int SWEEPS_ON_THE_SMALLEST = 20;
    /** The best damping of Jacobi's iteration for bilinear couplings, and the most at which it cannot grow. */
    private static final float DAMPING = 0.9f;

    private static final float MOST = 1.9f;

    private final int rows;
    private final int cols;
    private final int width;
    /** Per offset to a neighbour, row by row, the coupling of each cell with it; number 4 is the cell itself. */
    private final float[][] couplings;

    private final float[] step;
    private final float[] right;
    private final float[] solution;
    private final float[] residual;
    private final @Nullable CoarseGrid below;

    private CoarseGrid(int rows, int cols) {
        this.rows = rows;
        this.cols = cols;
        this.width = cols + 2;
        int length = (rows + 2) * width;
        this.couplings = new float[9][length];
        this.step = new float[length];
        this.right = new float[length];
        this.solution = new float[length];
        this.residual = new float[length];
        this.below = Math.max(rows, cols) > SMALLEST ? under(rows, cols) : null;
    }

    /** The grid below one of this many rows and columns; its last cells may lie beyond the last row and column. */
    static CoarseGrid under(int rows, int cols) {
        return new CoarseGrid(rows / 2 + 1, cols / 2 + 1);
    }

    /** Adds a coupling of two cells of the grid above, neighbours or the same one, to this grid's equations. */
    void couple(int row, int col, int otherRow, int otherCol, float coupling) {
        for (int i = row >> 1; i <= (row + 1) >> 1; i++) {
            for (int j = col >> 1; j <= (col + 1) >> 1; j++) {
                for (int k = otherRow >> 1; k <= (otherRow + 1) >> 1; k++) {
                    for (int l = otherCol >> 1; l <= (otherCol + 1) >> 1; l++) {
                        couplings[(k - i + 1) * 3 + l - j + 1][at(i, j)] +=
                                coupling * share(row, col) * share(otherRow, otherCol);
                    }
                }
            }
        }
    }

    /** How much of a cell of the grid above each of its one, two or four parents has. */
    private static float share(int row, int col) {
        return ((row & 1) == 0 ? 1 : 0.5f) * ((col & 1) == 0 ? 1 : 0.5f);
    }

    /** Takes over the couplings that were added, here and on all grids below. */
    void refresh() {
        for (int i = 0; i < step.length; i++) {
            float sum = 0;
            for (float[] coupling : couplings) {
                sum += Math.abs(coupling[i]);
            }

            // A cell that nothing unknown belongs to has no equation. MOST · A / sum has no eigenvalue above MOST.
            step[i] = sum > 0 ? Math.min(DAMPING / couplings[4][i], MOST / sum) : 0;
        }

        if (below != null) {
            for (float[] coupling : below.couplings) {
                Arrays.fill(coupling, 0);
            }

            for (int row = 0; row < rows; row++) {
                for (int col = 0; col < cols; col++) {
                    for (int s = 0; s < couplings.length; s++) {
                        float coupling = couplings[s][at(row, col)];
                        if (coupling != 0) {
                            below.couple(row, col, row + s / 3 - 1, col + s % 3 - 1, coupling);
                        }
                    }
                }
            }

            below.refresh();
        }
    }

    /**
     * Finds nearly what must be added to the grid above to make its residual vanish, and adds it.
     * The same linear and symmetric operation for any residual.
     *
     * @param above cells of the grid above, with a border of one
     * @param residualAbove their residual, likewise; zero where a cell is known
     * @param free one where a cell of the grid above is unknown, else zero; null when all are
     */
    void correct(float[] above, float[] residualAbove, float @Nullable [] free, int rowsAbove, int colsAbove) {
        restrict(residualAbove, rowsAbove, colsAbove);
        for (int i = 0; i < solution.length; i++) {
            solution[i] = step[i] * right[i];
        }

        if (below == null) {
            for (int sweep = 0; sweep < SWEEPS_ON_THE_SMALLEST; sweep++) {
                relax();
            }
        } else {
            updateResidual();
            below.correct(solution, residual, null, rows, cols);
            relax();
        }

        interpolate(above, free, rowsAbove, colsAbove);
    }

    private void relax() {
        updateResidual();
        for (int i = 0; i < solution.length; i++) {
            solution[i] += step[i] * residual[i];
        }
    }

    private void updateResidual() {
        float[] e = solution;
        for (int row = 0; row < rows; row++) {
            int first = at(row, 0);
            System.arraycopy(right, first, residual, first, cols);
            for (int s = 0; s < couplings.length; s++) {
                float[] coupling = couplings[s];
                int offset = (s / 3 - 1) * width + s % 3 - 1;
                for (int i = first; i < first + cols; i++) {
                    residual[i] -= coupling[i] * e[i + offset];
                }
            }
        }
    }

    /** {@code right = Pᵀ residual}. */
    private void restrict(float[] r, int rowsAbove, int colsAbove) {
        int widthAbove = colsAbove + 2;
        for (int row = 0; row < rows; row++) {
            for (int col = 0; col < cols; col++) {
                int i = (2 * row + 1) * widthAbove + 2 * col + 1;
                float sum = 0.25f * r[i - widthAbove - 1];
                if (2 * col < colsAbove) {
                    sum += 0.5f * r[i - widthAbove] + 0.25f * r[i - widthAbove + 1];
                }

                if (2 * row < rowsAbove) {
                    sum += 0.5f * r[i - 1] + 0.25f * r[i + widthAbove - 1];
                }

                if (2 * row < rowsAbove && 2 * col < colsAbove) {
                    sum += r[i] + 0.5f * (r[i + 1] + r[i + widthAbove]) + 0.25f * r[i + widthAbove + 1];
                }

                right[at(row, col)] = sum;
            }
        }
    }

    /** {@code above += P solution}. */
    private void interpolate(float[] above, float @Nullable [] free, int rowsAbove, int colsAbove) {
        for (int row = 0; row < rowsAbove; row++) {
            int first = at(row >> 1, 0);
            int second = at((row + 1) >> 1, 0);
            int start = (row + 1) * (colsAbove + 2) + 1;
            for (int col = 0; col < colsAbove; col++) {
                int left = col >> 1;
                int right = (col + 1) >> 1;
                float value = 0.25f
                        * (solution[first + left]
                                + solution[first + right]
                                + solution[second + left]
                                + solution[second + right]);
                above[start + col] += free == null ? value : free[start + col] * value;
            }
        }
    }

    private int at(int row, int col) {
        return (row + 1) * width + col + 1;
    }
}
