package dev.tapetum.image.corruption;

import dev.tapetum.image.PlanarImage;

/**
 * Coarse pixels: the image is shrunk with a box filter to {@code ⌊side · ratio⌋} cells along each side and enlarged again, so
 * that every pixel becomes the mean of its cell. Along a side of N pixels and n cells, pixel j counts for the cell {@code ⌈(j +
 * 1/2)·n/N⌉ − 1} and shows the cell {@code ⌊(j + 1/2)·n/N⌋}, as Pillow's box filter has it; the two are the same unless the
 * pixel's middle lies on the edge between two cells.
 *
 * @param ratio from above 0 to 1; a side has at least one cell
 */
record Pixelate(double ratio) implements ImageCorruption {

    Pixelate {
        if (!(ratio > 0 && ratio <= 1)) {
            throw new IllegalArgumentException("The ratio of pixelation is from above 0 to 1, not " + ratio);
        }
    }

    @Override
    public PlanarImage corrupted(PlanarImage image) {
        return Plane.eachChannel(
                image, plane -> coarse(coarse(plane).transposed()).transposed());
    }

    /** Along the columns alone. */
    private Plane coarse(Plane plane) {
        int height = plane.height();
        int width = plane.width();
        int cells = Math.max(1, (int) (height * ratio));
        double[] sums = new double[cells * width];
        int[] members = new int[cells];
        for (int row = 0; row < height; row++) {
            int cell = (int) ((((2L * row + 1) * cells) - 1) / (2L * height));
            members[cell]++;
            for (int column = 0; column < width; column++) {
                sums[cell * width + column] += plane.at(row, column);
            }
        }

        Plane coarse = Plane.blank(height, width);
        for (int row = 0; row < height; row++) {
            int cell = (int) ((2L * row + 1) * cells / (2L * height));
            for (int column = 0; column < width; column++) {
                coarse.values()[row * width + column] = sums[cell * width + column] / members[cell];
            }
        }

        return coarse;
    }
}
