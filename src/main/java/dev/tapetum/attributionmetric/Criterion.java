package dev.tapetum.attributionmetric;

import java.util.BitSet;

/** What an attack wants to become small: a function of a map of sizes {@code s_i ≥ 0} that does not change with its scale. */
sealed interface Criterion {

    double value(double[] sizes);

    /** {@code ∂value/∂s_i}. A map of zeros has no slopes: they are zero. */
    double[] slopes(double[] sizes);

    private static double total(double[] sizes) {
        double total = 0;
        for (double size : sizes) {
            total += size;
        }

        return total;
    }

    /**
     * {@code sign · Σ_{i∈S} s_i / Σ_i s_i}.
     *
     * @param sign 1 to drive the mass out of S, −1 to drive it in
     */
    record Share(BitSet pixels, int sign) implements Criterion {

        @Override
        public double value(double[] sizes) {
            double total = total(sizes);
            return total > 0 ? sign * inside(sizes) / total : 0;
        }

        @Override
        public double[] slopes(double[] sizes) {
            double[] slopes = new double[sizes.length];
            double total = total(sizes);
            double share = total > 0 ? inside(sizes) / total : 0;
            for (int i = 0; i < slopes.length && total > 0; i++) {
                slopes[i] = sign * ((pixels.get(i) ? 1 : 0) - share) / total;
            }

            return slopes;
        }

        private double inside(double[] sizes) {
            return pixels.stream().mapToDouble(i -> sizes[i]).sum();
        }
    }

    /** {@code −‖C(s) − C(s₀)‖²}, in pixels, with {@code C(s) = Σ_i s_i (row_i, col_i) / Σ_i s_i}. */
    record Centre(double[] origin, int cols) implements Criterion {

        static Centre of(double[] sizes, int cols) {
            return new Centre(centre(sizes, cols), cols);
        }

        @Override
        public double value(double[] sizes) {
            double[] moved = moved(sizes);
            return -(moved[0] * moved[0] + moved[1] * moved[1]);
        }

        @Override
        public double[] slopes(double[] sizes) {
            double[] slopes = new double[sizes.length];
            double total = total(sizes);
            double[] centre = centre(sizes, cols);
            double[] moved = moved(sizes);
            for (int i = 0; i < slopes.length && total > 0; i++) {
                int row = i / cols;
                double down = row - centre[0];
                double across = i % cols - centre[1];
                slopes[i] = -2 * (moved[0] * down + moved[1] * across) / total;
            }

            return slopes;
        }

        private double[] moved(double[] sizes) {
            double[] centre = centre(sizes, cols);
            return new double[] {centre[0] - origin[0], centre[1] - origin[1]};
        }

        private static double[] centre(double[] sizes, int cols) {
            double total = total(sizes);
            double down = 0;
            double across = 0;
            for (int i = 0; i < sizes.length; i++) {
                int row = i / cols;
                down += sizes[i] * row;
                across += sizes[i] * (i % cols);
            }

            return total > 0 ? new double[] {down / total, across / total} : new double[] {0, 0};
        }
    }
}
