package dev.tapetum.probe;

import dev.tapetum.model.InputSpec;
import dev.tapetum.spec.SplitMix64;

/**
 * A random soft region: a coarse grid of cells that are each hidden or kept, enlarged bilinearly and shifted by a random
 * part of a cell, so that its edges are soft and lie anywhere. The masks of RISE (Petsiuk, Das and Saenko 2018, arXiv
 * 1806.07421, section 3.2).
 *
 * @param cells cells along each side, at least 1
 * @param keep probability that a cell is kept, that is, outside the region
 */
public record CoarseMask(int cells, double keep, long seed) implements Region {

    public CoarseMask {
        if (cells < 1 || !(keep > 0 && keep <= 1)) {
            throw new IllegalArgumentException(
                    "A mask has at least one cell, kept with a probability above 0 up to 1, not " + cells + " and "
                            + keep);
        }
    }

    /** How much of each pixel is hidden, from 0 to 1. */
    @Override
    public void paint(float[] mask, int start, InputSpec input) {
        SplitMix64 random = Seeds.stream(seed);
        float[] hidden = new float[cells * cells];
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] = random.nextOpenDouble() < keep ? 0 : 1;
        }

        Axis down = Axis.of(input.height(), cells, random.nextOpenDouble());
        Axis across = Axis.of(input.width(), cells, random.nextOpenDouble());
        for (int row = 0; row < input.height(); row++) {
            for (int col = 0; col < input.width(); col++) {
                float above = across.between(hidden, down.first[row] * cells, col);
                float below = across.between(hidden, down.second(row) * cells, col);
                mask[start + row * input.width() + col] = above + down.beyond[row] * (below - above);
            }
        }
    }

    /** Between which two cells each pixel of one side lies, and how far beyond the first one's centre. */
    private record Axis(int[] first, float[] beyond, int cells) {

        /** The grid spans one cell more than the image, which lies {@code shift} of a cell from its start. */
        static Axis of(int pixels, int cells, double shift) {
            double cell = Math.ceil((double) pixels / cells);
            int[] first = new int[pixels];
            float[] beyond = new float[pixels];
            for (int i = 0; i < pixels; i++) {
                double centre = (i + Math.floor(shift * cell) + 0.5) * cells / ((cells + 1) * cell) - 0.5;
                double clamped = Math.max(0, Math.min(cells - 1.0, centre));
                first[i] = (int) clamped;
                beyond[i] = (float) (clamped - first[i]);
            }

            return new Axis(first, beyond, cells);
        }

        int second(int pixel) {
            return Math.min(cells - 1, first[pixel] + 1);
        }

        float between(float[] grid, int row, int pixel) {
            float left = grid[row + first[pixel]];
            return left + beyond[pixel] * (grid[row + second(pixel)] - left);
        }
    }
}
