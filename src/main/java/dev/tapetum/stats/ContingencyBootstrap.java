package dev.tapetum.stats;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The bootstrap of a statistic of counts. Drawing n images with replacement from n images that fall into a few cells is
 * drawing a multinomial table with the observed shares: exact, and its cost depends on the number of cells and
 * replicates only, so ten million images cost what a hundred do.
 *
 * <p>The interval is bias-corrected and accelerated (BC<sub>a</sub>; Efron and Tibshirani, "An Introduction to the
 * Bootstrap", 1993, section 14.3), because the percentile interval of a rate near 0 or 1 is too short on the side where
 * it matters, while BC<sub>a</sub> costs nothing here: the jackknife needs one evaluation per cell, not per image.
 * Replicates equal to the value count half in the bias correction, as counts have ties.
 *
 * <ul>
 *   <li>Replicates in which the statistic is undefined (NaN: an empty denominator) are left out; when more than one in
 *       ten is, there is no interval.
 *   <li>A value that is NaN has no interval.
 *   <li>When all replicates are equal there is no interval: the table says nothing about its own uncertainty. Callers
 *       use {@link ScoreInterval} before it comes to that.
 * </ul>
 */
public final class ContingencyBootstrap {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double FEWEST_DEFINED = 0.9;

    private final StatisticsSettings settings;

    /** The bootstrap with the replicates, level and seed of a run. */
    public ContingencyBootstrap(StatisticsSettings settings) {
        this.settings = settings;
    }

    /**
     * The interval of a statistic.
     *
     * @param cells the count in each cell
     * @param statistic from counts in the same cells to a number, NaN where undefined; it must not change or keep them
     * @param name what is estimated; with the run's seed it decides the random numbers
     */
    public Interval interval(long[] cells, ToDoubleFunction<long[]> statistic, String name) {
        double value = statistic.applyAsDouble(cells);
        double[] sorted = replicates(cells, statistic, name);
        if (Double.isNaN(value)
                || sorted.length < FEWEST_DEFINED * settings.bootstrap()
                || sorted[0] == sorted[sorted.length - 1]) {
            return Interval.NONE;
        }

        double bias = NORMAL.inverseCumulativeProbability(shareBelow(sorted, value));
        double acceleration = acceleration(cells, statistic);
        double tail = (1 - settings.confidence()) / 2;
        double low = Quantiles.of(sorted, adjusted(tail, bias, acceleration));
        double high = Quantiles.of(sorted, adjusted(1 - tail, bias, acceleration));
        return new Interval(low, high, IntervalMethod.CONTINGENCY_BCA);
    }

    /**
     * A rate and its replicates, binomial draws, for statistics of several rates. They are drawn with half a success and half a failure
     * added, and centred there: with none of either, a plain bootstrap would be certain of the rate.
     *
     * @param observed at least one trial
     * @param name what is estimated; with the run's seed it decides the random numbers
     */
    public BootstrapDistribution rate(Proportion observed, String name) {
        SplittableRandom random = new SplittableRandom(StableHash.of(settings.seed(), name));
        double share = (observed.successes() + 0.5) / (observed.trials() + 1);
        long trials = Math.max(1, Math.round(observed.trials()));
        double[] replicates = new double[settings.bootstrap()];
        Arrays.setAll(replicates, r -> (double) BinomialSampler.sample(trials, share, random) / trials);
        return new BootstrapDistribution(observed.rate(), share, replicates, observed.trials());
    }

    /** The defined replicates in ascending order. */
    double[] replicates(long[] cells, ToDoubleFunction<long[]> statistic, String name) {
        SplittableRandom random = new SplittableRandom(StableHash.of(settings.seed(), name));
        long total = Arrays.stream(cells).sum();
        long[] drawn = new long[cells.length];
        double[] replicates = new double[settings.bootstrap()];
        int defined = 0;
        for (int r = 0; r < replicates.length; r++) {
            resample(cells, total, drawn, random);
            double replicate = statistic.applyAsDouble(drawn);
            if (!Double.isNaN(replicate)) {
                replicates[defined++] = replicate;
            }
        }

        double[] sorted = Arrays.copyOf(replicates, defined);
        Arrays.sort(sorted);
        return sorted;
    }

    /** A multinomial draw, cell by cell: each is binomial given what the earlier cells left over. */
    private static void resample(long[] cells, long total, long[] drawn, SplittableRandom random) {
        long images = total;
        long left = total;
        for (int i = 0; i < cells.length; i++) {
            drawn[i] = BinomialSampler.sample(images, (double) cells[i] / Math.max(1, left), random);
            images -= drawn[i];
            left -= cells[i];
        }
    }

    /** The share of replicates below the value, ties half, kept off 0 and 1 by half a replicate. */
    static double shareBelow(double[] sorted, double value) {
        double below = 0;
        for (double replicate : sorted) {
            below += replicate < value ? 1 : replicate == value ? 0.5 : 0;
        }

        return Math.min(sorted.length - 0.5, Math.max(0.5, below)) / sorted.length;
    }

    private static double adjusted(double level, double bias, double acceleration) {
        double z = bias + NORMAL.inverseCumulativeProbability(level);
        return NORMAL.cumulativeProbability(bias + z / (1 - acceleration * z));
    }

    /** Efron and Tibshirani 1993, equation 14.15: the jackknife removes an image of each cell in turn. */
    static double acceleration(long[] cells, ToDoubleFunction<long[]> statistic) {
        long[] without = cells.clone();
        double[] jackknife = new double[cells.length];
        double mean = 0;
        double weight = 0;
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] == 0) {
                continue;
            }

            without[i]--;
            jackknife[i] = statistic.applyAsDouble(without);
            without[i]++;
            mean += cells[i] * jackknife[i];
            weight += cells[i];
        }

        mean /= weight;
        double squares = 0;
        double cubes = 0;
        for (int i = 0; i < cells.length; i++) {
            double deviation = cells[i] == 0 ? 0 : mean - jackknife[i];
            squares += cells[i] * deviation * deviation;
            cubes += cells[i] * deviation * deviation * deviation;
        }

        // NaN when an image is the only one of its kind, zero when removing any one changes nothing.
        return squares > 0 ? cubes / (6 * Math.pow(squares, 1.5)) : 0;
    }
}
