package dev.tapetum.prototype;

/**
 * Tells when a logit has stopped to grow: every {@code patience} steps, whether its mean over them is larger than its mean over as
 * many steps before by less than {@code tolerance} times the modulus of the latter. A patience of 0 waits for ever.
 */
final class Plateau {

    private final int patience;
    private final double tolerance;
    private int steps;
    private double sum;
    private double before = Double.NaN;
    private boolean reached;

    Plateau(int patience, double tolerance) {
        this.patience = patience;
        this.tolerance = tolerance;
    }

    void add(double logit) {
        steps++;
        sum += logit;
        if (steps == patience) {
            double mean = sum / patience;
            // False at the first time, which has nothing before it.
            reached = mean - before < tolerance * Math.abs(before);
            before = mean;
            steps = 0;
            sum = 0;
        }
    }

    boolean reached() {
        return reached;
    }
}
