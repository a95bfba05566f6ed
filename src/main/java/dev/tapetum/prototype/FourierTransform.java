package dev.tapetum.prototype;

/**
 * Discrete Fourier transforms of one length, without a factor: {@code y_k = Σ_j x_j exp(± 2πi jk/n)}. Any length will do: that of its
 * prime factors' sum is what a value costs (Cooley and Tukey 1965), 17 for 224 and no more than 2 log₂ n for powers of two.
 */
final class FourierTransform {

    private final int length;
    private final double[] cos;
    private final double[] sin;

    FourierTransform(int length) {
        this.length = length;
        this.cos = new double[length];
        this.sin = new double[length];
        for (int k = 0; k < length; k++) {
            cos[k] = StrictMath.cos(2 * StrictMath.PI * k / length);
            sin[k] = StrictMath.sin(2 * StrictMath.PI * k / length);
        }
    }

    /**
     * Transforms in place.
     *
     * @param sign of the exponent, 1 or −1; either is the adjoint of the other
     */
    void apply(double[] real, double[] imaginary, int sign) {
        double[] outReal = new double[length];
        double[] outImaginary = new double[length];
        new Pass(real, imaginary, outReal, outImaginary, sign).transform(0, 1, 0, length);
        System.arraycopy(outReal, 0, real, 0, length);
        System.arraycopy(outImaginary, 0, imaginary, 0, length);
    }

    private final class Pass {

        private final double[] real;
        private final double[] imaginary;
        private final double[] outReal;
        private final double[] outImaginary;
        private final int sign;
        private final double[] termReal = new double[length];
        private final double[] termImaginary = new double[length];

        Pass(double[] real, double[] imaginary, double[] outReal, double[] outImaginary, int sign) {
            this.real = real;
            this.imaginary = imaginary;
            this.outReal = outReal;
            this.outImaginary = outImaginary;
            this.sign = sign;
        }

        /** Of the {@code n} values from {@code from} on, {@code stride} apart, to {@code to} and the places behind it. */
        void transform(int from, int stride, int to, int n) {
            if (n == 1) {
                outReal[to] = real[from];
                outImaginary[to] = imaginary[from];
                return;
            }

            int parts = smallestFactor(n);
            int partLength = n / parts;
            for (int r = 0; r < parts; r++) {
                transform(from + r * stride, stride * parts, to + r * partLength, partLength);
            }

            for (int k = 0; k < partLength; k++) {
                combine(to + k, parts, partLength, k);
            }
        }

        /** {@code y_{k + q m} = Σ_r exp(± 2πi r (k + q m)/n) z_{r, k}}, for parts z of length m, all q at one k, in place. */
        private void combine(int at, int parts, int partLength, int k) {
            int turn = length / (parts * partLength);
            for (int r = 0; r < parts; r++) {
                termReal[r] = outReal[at + r * partLength];
                termImaginary[r] = outImaginary[at + r * partLength];
            }

            for (int q = 0; q < parts; q++) {
                double sumReal = 0;
                double sumImaginary = 0;
                int step = (k + q * partLength) * turn;
                int angle = 0;
                for (int r = 0; r < parts; r++) {
                    double s = sign * sin[angle];
                    sumReal += cos[angle] * termReal[r] - s * termImaginary[r];
                    sumImaginary += cos[angle] * termImaginary[r] + s * termReal[r];
                    angle += step;
                    angle -= angle >= length ? length : 0;
                }

                outReal[at + q * partLength] = sumReal;
                outImaginary[at + q * partLength] = sumImaginary;
            }
        }

        private static int smallestFactor(int n) {
            for (int factor = 2; factor * factor <= n; factor++) {
                if (n % factor == 0) {
                    return factor;
                }
            }

            return n;
        }
    }
}
