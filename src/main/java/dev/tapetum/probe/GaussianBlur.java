package dev.tapetum.probe;

import dev.tapetum.model.InputSpec;
import java.util.Arrays;

/** A separable Gaussian filter, cut off at six standard deviations, that reflects at the border (…b a | a b c…). */
public final class GaussianBlur {

    /**
     * Beyond six standard deviations a tap weighs less than single precision shows. A shorter filter would make the blur jump
     * wherever it becomes a tap longer, and a derivative with respect to sigma is of the size of that jump.
     */
    private static final int CUT = 6;

    private GaussianBlur() {}

    static float[] apply(float[] image, InputSpec input, double sigma) {
        double[] kernel = kernel(sigma);
        int height = input.height();
        int width = input.width();
        float[] across = new float[image.length];
        float[] blurred = new float[image.length];
        for (int c = 0; c < input.channels(); c++) {
            int plane = c * input.pixels();
            for (int row = 0; row < height; row++) {
                filter(image, across, plane + row * width, 1, width, kernel);
            }

            for (int col = 0; col < width; col++) {
                filter(across, blurred, plane + col, width, height, kernel);
            }
        }

        return blurred;
    }

    /**
     * The filter along one axis as a matrix, {@code length × length} row by row: what each input adds to each output. Devices
     * that multiply matrices fast blur with it; every row adds up to one.
     */
    public static float[] matrix(int length, double sigma) {
        double[] kernel = kernel(sigma);
        int radius = kernel.length / 2;
        double[] row = new double[length];
        float[] matrix = new float[length * length];
        for (int i = 0; i < length; i++) {
            Arrays.fill(row, 0);
            for (int k = -radius; k <= radius; k++) {
                row[reflect(i + k, length)] += kernel[k + radius];
            }

            for (int j = 0; j < length; j++) {
                matrix[i * length + j] = (float) row[j];
            }
        }

        return matrix;
    }

    private static void filter(float[] from, float[] to, int start, int stride, int count, double[] kernel) {
        int radius = kernel.length / 2;
        for (int i = 0; i < count; i++) {
            double sum = 0;
            for (int k = -radius; k <= radius; k++) {
                sum += kernel[k + radius] * from[start + reflect(i + k, count) * stride];
            }

            to[start + i * stride] = (float) sum;
        }
    }

    private static int reflect(int i, int count) {
        int period = 2 * count;
        int j = Math.floorMod(i, period);
        return j < count ? j : period - 1 - j;
    }

    private static double[] kernel(double sigma) {
        int radius = Math.max(1, (int) Math.ceil(CUT * sigma));
        double[] kernel = new double[2 * radius + 1];
        double sum = 0;
        for (int k = -radius; k <= radius; k++) {
            kernel[k + radius] = Math.exp(-0.5 * k * k / (sigma * sigma));
            sum += kernel[k + radius];
        }

        for (int k = 0; k < kernel.length; k++) {
            kernel[k] /= sum;
        }

        return kernel;
    }
}
