package dev.tapetum.fairness;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.stats.PoissonWeights;
import java.util.List;
import org.junit.jupiter.api.Test;

class TalliesTest {
    private static final PoissonWeights WEIGHTS = new PoissonWeights(Images.SETTINGS);
    private static final Rate ACCURACY = Rate.accuracy();

    /** The tallies of images from one index to another, each of them its own cluster; every third is wrong. */
    private static Tallies of(int from, int to) {
        Tallies tallies = new Tallies(2, List.of(), true, WEIGHTS);
        for (int i = from; i < to; i++) {
            tallies.add(Images.image("image " + i, "A", 0, i % 3 == 0 ? 1 : 0, 0.9), WEIGHTS.bucket("patient " + i));
        }

        return tallies;
    }

    private static void assertSame(Tallies actual, Tallies expected) {
        // Weights are whole numbers: sums and differences are exact, and so are the rates made of them.
        for (Rate rate : List.of(ACCURACY, Rate.truePositives(0, "cat"), Rate.falsePositives(1, "dog"))) {
            assertThat(actual.trials(rate)).isEqualTo(expected.trials(rate));
            assertThat(actual.successes(rate)).isEqualTo(expected.successes(rate));
            assertThat(requireNonNull(actual.distribution(rate, 50)).percentile(0.95))
                    .isEqualTo(requireNonNull(expected.distribution(rate, 50)).percentile(0.95));
        }
    }

    @Test
    void partsMergeToTheWhole() {
        Tallies merged = of(0, 20);
        merged.merge(of(20, 90));

        assertSame(merged, of(0, 90));
    }

    @Test
    void theWholeLessAPartIsTheRestInEveryReplicate() {
        assertSame(of(0, 90).minus(of(0, 20)), of(20, 90));
    }

    @Test
    void tooManyClassesKeepReplicatesOfTheOutcomesOnly() {
        Tallies tallies = new Tallies(Tallies.MOST_CLUSTERED_CLASSES + 1, List.of(), true, WEIGHTS);
        tallies.add(Images.image("image", "A", 0, 0, 0.9), 0);

        assertThat(tallies.distribution(ACCURACY, 1)).isNotNull();
        assertThat(tallies.distribution(Rate.truePositives(0, "cat"), 1)).isNull();
        assertThat(tallies.successes(Rate.truePositives(0, "cat"))).isEqualTo(1);
    }
}
