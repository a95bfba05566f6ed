package dev.tapetum.image.corruption;

import dev.tapetum.image.PlanarImage;

/**
 * What {@code make_corruption_fixtures.py} measures: three means, three variances, and the power spectrum of the channels' mean in
 * eight rings of frequency up to half a cycle per pixel, in the middle 128×128 pixels under a Hann window.
 */
final class ImageStatistics {
    static final int BANDS = 8;
    static final int COUNT = 6 + BANDS;
    private static final int WINDOW = 128;

    private ImageStatistics() {}

    static double[] of(PlanarImage image) {
        double[] statistics = new double[COUNT];
        int pixels = image.pixels();
        for (int c = 0; c < 3; c++) {
            double sum = 0;
            double squares = 0;
            for (int i = c * pixels; i < (c + 1) * pixels; i++) {
                sum += image.values()[i];
                squares += (double) image.values()[i] * image.values()[i];
            }

            statistics[c] = sum / pixels;
            statistics[3 + c] = squares / pixels - statistics[c] * statistics[c];
        }

        System.arraycopy(spectrum(image), 0, statistics, 6, BANDS);
        return statistics;
    }

    private static double[] spectrum(PlanarImage image) {
        int top = (image.height() - WINDOW) / 2;
        int left = (image.width() - WINDOW) / 2;
        double[][] real = new double[WINDOW][WINDOW];
        double[][] imaginary = new double[WINDOW][WINDOW];
        double mean = 0;
        for (int y = 0; y < WINDOW; y++) {
            for (int x = 0; x < WINDOW; x++) {
                for (int c = 0; c < 3; c++) {
                    real[y][x] += image.at(c, top + y, left + x) / 3.0;
                }

                mean += real[y][x] / (WINDOW * WINDOW);
            }
        }

        for (int y = 0; y < WINDOW; y++) {
            for (int x = 0; x < WINDOW; x++) {
                real[y][x] = (real[y][x] - mean) * hann(y) * hann(x);
            }

            transform(real[y], imaginary[y]);
        }

        double[] bands = new double[BANDS];
        double[] columnReal = new double[WINDOW];
        double[] columnImaginary = new double[WINDOW];
        for (int x = 0; x < WINDOW; x++) {
            for (int y = 0; y < WINDOW; y++) {
                columnReal[y] = real[y][x];
                columnImaginary[y] = imaginary[y][x];
            }

            transform(columnReal, columnImaginary);
            for (int y = 0; y < WINDOW; y++) {
                double frequency = Math.hypot(Math.min(y, WINDOW - y), Math.min(x, WINDOW - x)) / WINDOW;
                int ring = (int) Math.ceil(2 * BANDS * frequency);
                if (ring >= 1 && ring <= BANDS) {
                    bands[ring - 1] += (columnReal[y] * columnReal[y] + columnImaginary[y] * columnImaginary[y])
                            / Math.pow(WINDOW, 4);
                }
            }
        }

        return bands;
    }

    private static double hann(int i) {
        return 0.5 - 0.5 * Math.cos(2 * Math.PI * i / WINDOW);
    }

    /** The discrete Fourier transform in place, by halves (Cooley and Tukey 1965). */
    private static void transform(double[] real, double[] imaginary) {
        int n = real.length;
        if (n == 1) {
            return;
        }

        double[] evenReal = new double[n / 2];
        double[] evenImaginary = new double[n / 2];
        double[] oddReal = new double[n / 2];
        double[] oddImaginary = new double[n / 2];
        for (int i = 0; i < n / 2; i++) {
            evenReal[i] = real[2 * i];
            evenImaginary[i] = imaginary[2 * i];
            oddReal[i] = real[2 * i + 1];
            oddImaginary[i] = imaginary[2 * i + 1];
        }

        transform(evenReal, evenImaginary);
        transform(oddReal, oddImaginary);
        for (int k = 0; k < n / 2; k++) {
            double cosine = Math.cos(-2 * Math.PI * k / n);
            double sine = Math.sin(-2 * Math.PI * k / n);
            double turnedReal = cosine * oddReal[k] - sine * oddImaginary[k];
            double turnedImaginary = cosine * oddImaginary[k] + sine * oddReal[k];
            real[k] = evenReal[k] + turnedReal;
            imaginary[k] = evenImaginary[k] + turnedImaginary;
            real[k + n / 2] = evenReal[k] - turnedReal;
            imaginary[k + n / 2] = evenImaginary[k] - turnedImaginary;
        }
    }
}
