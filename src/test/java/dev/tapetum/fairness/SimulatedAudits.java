package dev.tapetum.fairness;

import dev.tapetum.stats.StatisticsSettings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Audits of images that are drawn from a population of which everything is known: what an interval should cover, and which gaps
 * there are.
 */
final class SimulatedAudits {
    static final StatisticsSettings SETTINGS = new StatisticsSettings(0.95, 500, 0.05, 30, 20261128);
    static final String GINI = Images.GINI;

    private SimulatedAudits() {}

    /** The results of so many audits, in their order; audits run beside each other, each with random numbers of its own. */
    static <R> List<R> run(int audits, IntFunction<R> audit) {
        return IntStream.range(0, audits).parallel().mapToObj(audit).toList();
    }

    /** The random numbers of one audit. */
    static SplittableRandom random(String simulation, int audit) {
        // Mixed, since seeds that differ by little give streams that are shifts of each other.
        return new SplittableRandom(new SplittableRandom(1_000_003L * simulation.hashCode() + audit).nextLong());
    }

    /**
     * Two groups of the attribute {@code site}.
     *
     * <p>In a group an image is right with probability {@code accuracy}; its confidence is uniform between {@code lowest} and 1;
     * its Gini coefficient is log-normal with parameters 0 and 0.5 (skewness 1.75), times {@code scale}. With clusters, a cluster draws its
     * accuracy from a Beta distribution of mean {@code accuracy} and correlation 1/6, and its confidences and Gini coefficients
     * share half of their noise.
     *
     * @param images how many
     * @param perCluster images of a cluster; 1 for images that are independent
     */
    record Site(String name, int images, int perCluster, double accuracy, double lowest, double scale) {
        private static final double SIGMA = 0.5;
        private static final double CONCENTRATION = 5;

        double confidence() {
            return (1 + lowest) / 2;
        }

        /** √Var of the uniform distribution. */
        double confidenceSpread() {
            return (1 - lowest) / Math.sqrt(12);
        }

        /** The mean of a log-normal number. */
        double gini() {
            return scale * Math.exp(SIGMA * SIGMA / 2);
        }

        /**
         * The calibration error, root mean square over 15 bins: being right does not depend on the confidence, so a bin with
         * confidences from a to b is off by accuracy − (a + b)/2.
         */
        double calibrationError() {
            double sum = 0;
            for (int bin = 0; bin < 15; bin++) {
                double from = Math.max(lowest, bin / 15.0);
                double to = (bin + 1) / 15.0;
                if (to > from) {
                    double off = accuracy - (from + to) / 2;
                    sum += (to - from) / (1 - lowest) * off * off;
                }
            }

            return Math.sqrt(sum);
        }

        /** The images of one audit, whose names decide on their buckets in the bootstrap. */
        List<Observation> draw(int audit, SplittableRandom random) {
            List<Observation> drawn = new ArrayList<>();
            double right = accuracy;
            double shared = 0;
            for (int i = 0; i < images; i++) {
                if (perCluster > 1 && i % perCluster == 0) {
                    right = beta(accuracy * CONCENTRATION, (1 - accuracy) * CONCENTRATION, random);
                    shared = random.nextGaussian();
                }

                String of = name + " of audit " + audit + " ";
                String cluster = perCluster == 1 ? null : of + i / perCluster;
                drawn.add(image(of + "image " + i, cluster, right, shared, random));
            }

            return drawn;
        }

        private Observation image(
                String id, @Nullable String cluster, double right, double shared, SplittableRandom random) {
            double noise = perCluster == 1
                    ? random.nextGaussian()
                    : Math.sqrt(0.5) * shared + Math.sqrt(0.5) * random.nextGaussian();
            double confidence = perCluster == 1
                    ? lowest + (1 - lowest) * random.nextDouble()
                    : lowest + (1 - lowest) * normalShare(noise);
            int label = random.nextInt(2);
            return Observation.scored(
                    id,
                    cluster,
                    Map.of("site", name),
                    label,
                    random.nextDouble() < right ? label : 1 - label,
                    confidence,
                    Map.of(GINI, scale * Math.exp(SIGMA * noise)));
        }

        /** Φ, which makes a uniform number of a normal one. */
        private static double normalShare(double z) {
            return NormalDistribution.of(0, 1).cumulativeProbability(z);
        }

        private static double beta(double a, double b, SplittableRandom random) {
            return BetaDistribution.of(a, b).inverseCumulativeProbability(random.nextDouble());
        }
    }

    /** The statistics of outcomes and explanations of an audit of these images: rates by class are of the same kind, and many. */
    static GroupStatistics audit(GroupLayout layout, StatisticsSettings settings, List<Observation> images) {
        GroupStates states = new GroupStates(settings, layout);
        images.forEach(states::add);
        return states.finish(EnumSet.of(Family.OUTCOME, Family.EXPLANATION));
    }

    /** What the run would say that it has found. */
    static List<Finding> found(GroupStatistics statistics, StatisticsSettings settings) {
        RunStatistics run = new RunStatistics(
                statistics.metrics(), statistics.gaps(), List.of(), new TrustLimits(0.5, 0.1, false), null);
        return Established.of(run, List.of(), List.of(), settings).findings().stream()
                .filter(Finding::found)
                .toList();
    }

    /** Adds what each interval did to a tally: whether it covered the truth, if there was one. */
    static final class Coverage {
        private final Map<String, int[]> counts = new HashMap<>();

        void add(String what, boolean covered) {
            int[] count = counts.computeIfAbsent(what, absent -> new int[2]);
            count[0]++;
            count[1] += covered ? 1 : 0;
        }

        void add(Coverage other) {
            other.counts.forEach((what, theirs) -> {
                int[] count = counts.computeIfAbsent(what, absent -> new int[2]);
                count[0] += theirs[0];
                count[1] += theirs[1];
            });
        }

        Map<String, Double> shares() {
            Map<String, Double> shares = new TreeMap<>();
            counts.forEach((what, count) -> shares.put(what, (double) count[1] / count[0]));
            return shares;
        }
    }
}
