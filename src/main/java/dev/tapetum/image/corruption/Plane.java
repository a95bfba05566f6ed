package dev.tapetum.image.corruption;

import dev.tapetum.image.PlanarImage;
import java.util.function.UnaryOperator;

/**
 * One channel while a corruption works on it, in double precision. The array is given away, as that of a {@link PlanarImage}
 * is.
 *
 * @param values row by row
 */
record Plane(int height, int width, double[] values) {

    static Plane blank(int height, int width) {
        return new Plane(height, width, new double[height * width]);
    }

    static Plane of(PlanarImage image, int channel) {
        Plane plane = blank(image.height(), image.width());
        int start = channel * image.pixels();
        for (int i = 0; i < plane.values.length; i++) {
            plane.values[i] = image.values()[start + i];
        }

        return plane;
    }

    /** An image with every channel changed in the same way, cut off at black and white. */
    static PlanarImage eachChannel(PlanarImage image, UnaryOperator<Plane> change) {
        float[] values = new float[image.values().length];
        for (int c = 0; c < image.channels(); c++) {
            change.apply(of(image, c)).cutOffTo(values, c * image.pixels());
        }

        return image.with(values);
    }

    static float cutOff(double value) {
        return (float) Math.max(0, Math.min(1, value));
    }

    private void cutOffTo(float[] target, int start) {
        for (int i = 0; i < values.length; i++) {
            target[start + i] = cutOff(values[i]);
        }
    }

    double at(int row, int column) {
        return values[row * width + column];
    }

    /** Rows become columns. */
    Plane transposed() {
        Plane turned = blank(width, height);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                turned.values[column * height + row] = values[row * width + column];
            }
        }

        return turned;
    }

    /** With more samples around it, as many on every side. */
    Plane padded(int margin, Border border) {
        Plane padded = blank(height + 2 * margin, width + 2 * margin);
        int[] columns = new int[padded.width];
        for (int column = 0; column < padded.width; column++) {
            columns[column] = border.index(column - margin, width);
        }

        for (int row = 0; row < padded.height; row++) {
            int from = border.index(row - margin, height) * width;
            for (int column = 0; column < padded.width; column++) {
                padded.values[row * padded.width + column] = values[from + columns[column]];
            }
        }

        return padded;
    }

    /** The value between the samples, bilinear. */
    double between(double row, double column, Border border) {
        int top = (int) Math.floor(row);
        int left = (int) Math.floor(column);
        double down = row - top;
        double across = column - left;
        int above = border.index(top, height) * width;
        int below = border.index(top + 1, height) * width;
        int before = border.index(left, width);
        int after = border.index(left + 1, width);
        double upper = values[above + before] + across * (values[above + after] - values[above + before]);
        double lower = values[below + before] + across * (values[below + after] - values[below + before]);

        return upper + down * (lower - upper);
    }
}
