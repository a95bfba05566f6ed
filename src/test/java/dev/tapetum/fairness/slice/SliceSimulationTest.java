package dev.tapetum.fairness.slice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.fairness.Slice;
import dev.tapetum.stats.StatisticsSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How often what is planted is found, and how often something is claimed where there is nothing. */
class SliceSimulationTest {
    private static final SearchSettings SEARCH = new SearchSettings(3, 20, 0.01, 30, 0.95);
    private static final int IMAGES = 4000;
    private static final int[] VALUES = {4, 4, 3, 2, 5};
    private static final int DATA_SETS = Integer.getInteger("slices.data-sets", 100);

    private static List<Slice> slices(int seed, double bad) {
        Population population = Population.of(seed, IMAGES, VALUES, attributes -> isBad(attributes) ? bad : 0.1);
        // Rates of independent images need no replicates but for the intervals.
        return population.slices(SEARCH, new StatisticsSettings(0.95, 100, 0.05, 30, seed), false);
    }

    private static boolean isBad(Map<String, String> attributes) {
        return attributes.get("a0").equals("v2") && attributes.get("a1").equals("v1");
    }

    /** A sixteenth of the images errs in 40% of cases and the others in 10%. Required are 95 of 100. */
    @Test
    void aBadCombinationIsFoundFirstAndConfirmed() {
        int found = 0;
        for (int seed = 0; seed < DATA_SETS; seed++) {
            List<Slice> slices = slices(seed, 0.4);
            if (!slices.isEmpty()
                    && slices.get(0).predicate().equals("a0 = v2 ∧ a1 = v1")
                    && slices.get(0).confirmed()) {
                found++;
            }
        }

        assertThat(found).isGreaterThanOrEqualTo((int) Math.ceil(0.95 * DATA_SETS));
    }

    /**
     * Without any effect a data set has a confirmed slice with a probability of at most 5%; the share among n data sets exceeds
     * that by √(ln(1/δ)/2n) with a probability of at most δ = 1% (Hoeffding 1963).
     */
    @Test
    void withoutAnEffectLittleIsConfirmed() {
        int claimed = 0;
        for (int seed = 0; seed < DATA_SETS; seed++) {
            if (slices(1_000_000 + seed, 0.1).stream().anyMatch(Slice::confirmed)) {
                claimed++;
            }
        }

        assertThat((double) claimed / DATA_SETS).isLessThanOrEqualTo(0.05 + Math.sqrt(Math.log(100) / (2 * DATA_SETS)));
    }
}
