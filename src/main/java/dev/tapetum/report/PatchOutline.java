package dev.tapetum.report;

/**
 * The outline of some patches of a grid as the path of an SVG whose unit is a patch: the lines between patches that are among them
 * and those that are not, the picture's edge counting as such. Lines that continue each other are one.
 */
final class PatchOutline {
    private final int rows;
    private final int cols;
    private final float[] activations;
    private final float least;
    private final StringBuilder path = new StringBuilder();

    private PatchOutline(int rows, int cols, float[] activations, float least) {
        this.rows = rows;
        this.cols = cols;
        this.activations = activations;
        this.least = least;
    }

    /**
     * Around the patches whose activation is above 0 and at least so large.
     *
     * @param activations rows × cols numbers, row by row
     * @return empty when there are none
     */
    static String of(int rows, int cols, float[] activations, float least) {
        return new PatchOutline(rows, cols, activations, least).path();
    }

    private String path() {
        for (int row = 0; row <= rows; row++) {
            for (int col = 0; col < cols; ) {
                int end = col;

                while (end < cols && isIn(row - 1, end) != isIn(row, end)) {
                    end++;
                }

                line(col, row, 'h', end - col);
                col = Math.max(end, col + 1);
            }
        }

        for (int col = 0; col <= cols; col++) {
            for (int row = 0; row < rows; ) {
                int end = row;

                while (end < rows && isIn(end, col - 1) != isIn(end, col)) {
                    end++;
                }

                line(col, row, 'v', end - row);
                row = Math.max(end, row + 1);
            }
        }

        return path.toString();
    }

    private void line(int col, int row, char direction, int length) {
        if (length > 0) {
            path.append('M').append(col).append(' ').append(row);
            path.append(direction).append(length);
        }
    }

    private boolean isIn(int row, int col) {
        if (row < 0 || row >= rows || col < 0 || col >= cols) {
            return false;
        }

        float activation = activations[row * cols + col];

        return activation > 0 && activation >= least;
    }
}
