package dev.tapetum.attribution;

/**
 * Nodes and weights of the Gauss–Legendre rule on [0, 1], exact for polynomials up to degree {@code 2n − 1}.
 *
 * <p>Nodes are the roots of the Legendre polynomial, found by Newton's method from Tricomi's estimate {@code cos(π (i +
 * 3/4) / (n + 1/2))}, mapped from [−1, 1]; weights are {@code 2 / ((1 − t²) P'_n(t)²)}, halved by the same map.
 *
 * @param nodes ascending, each inside (0, 1)
 * @param weights positive, adding up to 1
 */
record GaussLegendre(double[] nodes, double[] weights) {

    private static final int NEWTON_STEPS = 100;

    static GaussLegendre of(int n) {
        double[] nodes = new double[n];
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            double t = Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
            double slope = 0;
            for (int step = 0; step < NEWTON_STEPS; step++) {
                double current = 1;
                double previous = 0;
                for (int k = 0; k < n; k++) {
                    double next = ((2 * k + 1) * t * current - k * previous) / (k + 1);
                    previous = current;
                    current = next;
                }

                slope = n * (t * current - previous) / (t * t - 1);
                double move = current / slope;
                t -= move;
                if (Math.abs(move) < 1e-16) {
                    break;
                }
            }

            nodes[n - 1 - i] = (1 + t) / 2;
            weights[n - 1 - i] = 1 / ((1 - t * t) * slope * slope);
        }

        return new GaussLegendre(nodes, weights);
    }
}
