package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.stats.StatisticsSettings;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@link SimulatedAuditsTest} for longer, with the replicates of a plan's default. */
@Tag("bench")
class SimulatedAuditsBench {
    private static final StatisticsSettings SETTINGS = StatisticsSettings.withSeed(20261129);

    @Test
    void coverage() {
        int audits = Integer.getInteger("bench.audits", 10_000);
        for (SimulatedAuditsTest.Population population : SimulatedAuditsTest.Population.values()) {
            SimulatedAuditsTest.coverage(population, audits, SETTINGS)
                    .shares()
                    .forEach((what, share) ->
                            print("%s: the interval of %s covers in %.2f%%", population, what, 100 * share));
        }
    }

    @Test
    void falseFindings() {
        double share = SimulatedAuditsTest.withFindings(200, SETTINGS);

        print("audits of 200 harmless attributes with any finding: %.1f%%", 100 * share);
        assertThat(share).isLessThan(1);
    }

    @Test
    void power() {
        double share = SimulatedAuditsTest.found(1000, SETTINGS);

        print("gaps of twice the smallest detectable one that were found: %.1f%%", 100 * share);
        assertThat(share).isPositive();
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
