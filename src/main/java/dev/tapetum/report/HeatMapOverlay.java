package dev.tapetum.report;

import dev.tapetum.image.RgbImage;
import java.util.Arrays;

/**
 * Draws a map of rows × cols cells over a picture, so that one sees which pixels the model used.
 *
 * <p>The picture becomes grey, luma (299 R + 587 G + 114 B) / 1000. A cell's strength is its value over the 99th
 * percentile of the absolute values, cut to [-1, 1]: one glaring cell does not darken all others. Strengths are
 * interpolated bilinearly between the centres of the cells and continued flat beyond the outermost centres. The colour
 * of {@link ColourScale} covers the grey with opacity {@value #OPACITY} × |strength|.
 *
 * <ul>
 *   <li>A map of zeros leaves the grey picture; so sparse a map that its 99th percentile is zero is scaled by its
 *       maximum.
 *   <li>Cells that are not finite count as zero.
 * </ul>
 *
 * @param rows rows of the map, at least 1
 * @param cols columns of the map, at least 1
 * @param strengths rows × cols numbers in [-1, 1], row by row
 */
@SuppressWarnings("ArrayRecordComponent")
record HeatMapOverlay(int rows, int cols, float[] strengths) {
    static final float OPACITY = 0.8f;
    private static final double QUANTILE = 0.99;

    /** Scales the cells of a map, row by row. */
    static HeatMapOverlay of(int rows, int cols, float[] cells) {
        if (rows < 1 || cols < 1 || (long) rows * cols != cells.length) {
            throw new IllegalArgumentException(cells.length + " cells do not make a map of " + rows + " x " + cols);
        }

        float scale = scale(cells);
        float[] strengths = new float[cells.length];

        for (int i = 0; i < cells.length; i++) {
            boolean nothing = scale == 0 || !Float.isFinite(cells[i]);
            strengths[i] = nothing ? 0 : Math.max(-1, Math.min(1, cells[i] / scale));
        }

        return new HeatMapOverlay(rows, cols, strengths);
    }

    /** The picture in grey with the map over it, of the size of the picture. */
    RgbImage over(RgbImage picture, ColourScale colours) {
        byte[] rgb = new byte[picture.rgb().length];

        for (int y = 0, at = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++, at += 3) {
                float strength = strength((x + 0.5f) / picture.width(), (y + 0.5f) / picture.height());
                int grey = grey(picture.rgb(), at);
                int colour = ColourScale.blend(grey, colours.colour(strength), OPACITY * Math.abs(strength));
                rgb[at] = (byte) (colour >> 16);
                rgb[at + 1] = (byte) (colour >> 8);
                rgb[at + 2] = (byte) colour;
            }
        }

        return new RgbImage(picture.width(), picture.height(), rgb);
    }

    /** The strength at a place of the unit square, whose origin is the upper left corner. */
    private float strength(float right, float down) {
        float col = Math.max(0, Math.min(cols - 1, right * cols - 0.5f));
        float row = Math.max(0, Math.min(rows - 1, down * rows - 0.5f));
        int left = (int) col;
        int top = (int) row;
        float upper = between(top, left, col - left);
        float lower = between(Math.min(top + 1, rows - 1), left, col - left);

        return upper + (row - top) * (lower - upper);
    }

    private float between(int row, int left, float share) {
        float from = strengths[row * cols + left];
        float to = strengths[row * cols + Math.min(left + 1, cols - 1)];

        return from + share * (to - from);
    }

    /** The ⌈0.99 n⌉-th smallest of the n finite absolute values, or the largest where that is zero. */
    private static float scale(float[] cells) {
        float[] sizes = new float[cells.length];
        int finite = 0;

        for (float cell : cells) {
            if (Float.isFinite(cell)) {
                sizes[finite++] = Math.abs(cell);
            }
        }

        if (finite == 0) {
            return 0;
        }

        Arrays.sort(sizes, 0, finite);
        float robust = sizes[(int) Math.ceil(QUANTILE * finite) - 1];

        return robust > 0 ? robust : sizes[finite - 1];
    }

    private static int grey(byte[] rgb, int at) {
        int red = rgb[at] & 0xFF;
        int green = rgb[at + 1] & 0xFF;
        int blue = rgb[at + 2] & 0xFF;
        int luma = (299 * red + 587 * green + 114 * blue + 500) / 1000;

        return luma << 16 | luma << 8 | luma;
    }
}
