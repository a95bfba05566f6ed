package dev.tapetum.model;

/** The affine map of the toy models, in doubles, and its transpose. */
final class Affine {

    private Affine() {}

    static void check(double[][] weights, double[] bias, int inputs) {
        if (weights.length == 0 || weights.length != bias.length) {
            throw new IllegalArgumentException(weights.length + " rows of weights for " + bias.length + " biases");
        }

        for (double[] row : weights) {
            if (row.length != inputs) {
                throw new IllegalArgumentException("A row of " + row.length + " weights for " + inputs + " inputs");
            }
        }
    }

    static double[] apply(double[][] weights, double[] bias, double[] x) {
        double[] y = bias.clone();
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < x.length; j++) {
                y[i] += weights[i][j] * x[j];
            }
        }

        return y;
    }

    /** {@code Wᵀ v}: carries a gradient from the outputs back to the inputs. */
    static double[] transposed(double[][] weights, double[] v) {
        double[] y = new double[weights[0].length];
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < y.length; j++) {
                y[j] += weights[i][j] * v[i];
            }
        }

        return y;
    }

    static double[] toDoubles(float[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = x[i];
        }

        return y;
    }

    static float[] toFloats(double[] x) {
        float[] y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = (float) x[i];
        }

        return y;
    }
}
