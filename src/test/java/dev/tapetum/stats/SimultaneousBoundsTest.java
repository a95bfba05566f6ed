package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimultaneousBoundsTest {
    private static final int RUNS = 400;

    /** At least 95% of 400, less four standard errors of 1.1%: 363. */
    private static final int FEWEST = 363;

    @ParameterizedTest
    @CsvSource({"0.3, 0.3, 0.3, 0.3", "0.3, 0.3, 0.3, 0.45", "0.1, 0.2, 0.3, 0.4", "0.05, 0.05, 0.05, 0.05"})
    void extremesOfFourGroupsAreCovered(double a, double b, double c, double d) {
        double[] rates = {a, b, c, d};
        SplittableRandom random = new SplittableRandom(8);
        int difference = 0;
        int ratio = 0;
        int smallest = 0;
        for (int run = 0; run < RUNS; run++) {
            List<BootstrapDistribution> groups = draw(rates, random, run);
            SimultaneousBounds.Smallest cells = new SimultaneousBounds.Smallest(0.95);
            groups.forEach(cells::add);
            difference += covers(SimultaneousBounds.range(List.of(groups), 0.95), d - a) ? 1 : 0;
            ratio += covers(SimultaneousBounds.ratio(groups, 0.95), a / d) ? 1 : 0;
            smallest += covers(cells.interval(), a) ? 1 : 0;
        }

        assertThat(difference).isGreaterThanOrEqualTo(FEWEST);
        assertThat(ratio).isGreaterThanOrEqualTo(FEWEST);
        assertThat(smallest).isGreaterThanOrEqualTo(FEWEST);
    }

    private static List<BootstrapDistribution> draw(double[] rates, SplittableRandom random, int run) {
        ContingencyBootstrap bootstrap = new ContingencyBootstrap(new StatisticsSettings(0.95, 300, 0.05, 30, run));
        List<BootstrapDistribution> groups = new ArrayList<>();
        for (int i = 0; i < rates.length; i++) {
            long trials = 100 + 50L * i;
            long successes = BinomialSampler.sample(trials, rates[i], random);
            groups.add(bootstrap.rate(new Proportion(successes, trials), "group " + i));
        }

        return groups;
    }

    private static boolean covers(Interval interval, double truth) {
        return interval.low() <= truth + 1e-12 && truth - 1e-12 <= interval.high();
    }

    @Test
    void withoutReplicatesThereIsNoInterval() {
        BootstrapDistribution one = new BootstrapDistribution(0.5, 0.5, new double[] {0.4, 0.6}, 10);
        BootstrapDistribution none = new BootstrapDistribution(0.5, 0.5, new double[] {0.4, 0.6}, 1);

        assertThat(SimultaneousBounds.range(List.of(List.of(one, none)), 0.95)).isEqualTo(Interval.NONE);
        assertThat(SimultaneousBounds.range(List.of(List.of()), 0.95)).isEqualTo(Interval.NONE);
        assertThat(SimultaneousBounds.ratio(List.of(), 0.95)).isEqualTo(Interval.NONE);
        assertThat(new SimultaneousBounds.Smallest(0.95).interval()).isEqualTo(Interval.NONE);
    }
}
