package dev.tapetum.stats;

import java.util.Arrays;

/** What the simulations share: settings with few replicates, and bounds that a right implementation meets surely. */
final class Simulation {
    /** Enough replicates for 95% intervals, few enough for thousands of simulations. */
    static final StatisticsSettings SETTINGS = new StatisticsSettings(0.95, 400, 0.05, 30, 11);

    private Simulation() {}

    /**
     * The largest deviation of an observed share from its probability that happens with probability 1e-6: Hoeffding's
     * inequality, √(ln(2/1e-6)/(2n)).
     */
    static double slack(int simulations) {
        return Math.sqrt(Math.log(2e6) / (2.0 * simulations));
    }

    /** sup over t of (share of p-values at most t) − t: above {@link #slack} only if small p-values are too frequent. */
    static double excess(double[] pValues) {
        double[] sorted = pValues.clone();
        Arrays.sort(sorted);
        double excess = 0;
        for (int i = 0; i < sorted.length; i++) {
            excess = Math.max(excess, (i + 1.0) / sorted.length - sorted[i]);
        }

        return excess;
    }

    /** Pearson's chi-square of counts against probabilities. */
    static double chiSquare(long[] counts, double[] probabilities) {
        long total = Arrays.stream(counts).sum();
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            double expected = total * probabilities[i];
            sum += (counts[i] - expected) * (counts[i] - expected) / expected;
        }

        return sum;
    }
}
