package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FalseDiscoveryRateTest {
    /** Three families of four, two and one tests, of which the last has a discovery: one of the first needs 0.05 · 2/(3 · 4). */
    @Test
    void theFirstDiscoveryOfAFamilyNeedsWhatTheCorrectionAsks() {
        double needed = FalseDiscoveryRate.firstOf(4, 3, 1, 0.05);
        List<String> families = List.of("a", "a", "a", "a", "b", "b", "c");

        assertThat(needed).isEqualTo(0.05 * 2 / 12);
        assertThat(
                        FalseDiscoveryRate.acrossFamilies(
                                new double[] {0.9999 * needed, 0.5, 0.6, 0.7, 0.4, 0.8, 0.0001}, families, 0.05)[0])
                .isLessThan(0.05);
        assertThat(
                        FalseDiscoveryRate.acrossFamilies(
                                new double[] {1.0001 * needed, 0.5, 0.6, 0.7, 0.4, 0.8, 0.0001}, families, 0.05)[0])
                .isGreaterThan(0.05);
    }

    @Test
    void agreesWithTheExampleOfBenjaminiAndHochberg() {
        // The 15 p-values of section 3.2 of the paper, of which it rejects the first four at 5%.
        double[] p = {
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.0000
        };
        double[] q = FalseDiscoveryRate.benjaminiHochberg(p);

        // q(4) = 0.0095·15/4; q(6) = min(0.0278·15/6, 0.0298·15/7) is the one where a later rank is smaller.
        assertThat(q[0]).isCloseTo(0.0015, within(1e-12));
        assertThat(q[3]).isCloseTo(0.035625, within(1e-12));
        assertThat(q[4]).isCloseTo(0.0603, within(1e-12));
        assertThat(q[5]).isCloseTo(0.0298 * 15 / 7, within(1e-12));
        assertThat(q[14]).isEqualTo(1);
        assertThat(Arrays.stream(q).filter(x -> x <= 0.05).count()).isEqualTo(4);
    }

    @Test
    void theOrderOfTheTestsDoesNotMatterAndNanIsNoTest() {
        double[] q = FalseDiscoveryRate.benjaminiHochberg(new double[] {0.04, Double.NaN, 0.01, 0.03});

        // Three tests: 0.01·3 = 0.03; 0.03·3/2 = 0.045 but 0.04·3/3 = 0.04 is smaller.
        assertThat(q[2]).isCloseTo(0.03, within(1e-12));
        assertThat(q[3]).isCloseTo(0.04, within(1e-12));
        assertThat(q[0]).isCloseTo(0.04, within(1e-12));
        assertThat(q[1]).isNaN();
    }

    @Test
    void nothingToTestIsNothingFound() {
        assertThat(FalseDiscoveryRate.benjaminiHochberg(new double[0])).isEmpty();
        assertThat(FalseDiscoveryRate.acrossFamilies(new double[] {Double.NaN}, List.of("a"), 0.05))
                .containsExactly(Double.NaN);
    }

    @Test
    void familiesShareThePriceOfLookingAtManyOfThem() {
        double[] p = {0.001, 0.5, 0.02, 0.9, 0.3, 0.6};
        List<String> families = List.of("site", "site", "vendor", "vendor", "sex", "sex");
        double[] q = FalseDiscoveryRate.acrossFamilies(p, families, 0.05);

        // Simes: site 0.002, vendor 0.04, sex 0.6; over three families 0.006, 0.06, 0.6: one is selected, factor 3.
        assertThat(q).containsExactly(new double[] {0.006, 1, 0.12, 1, 1, 1}, within(1e-12));
    }

    @Test
    void oneFamilyIsPlainBenjaminiHochberg() {
        double[] p = {0.001, 0.04, 0.02, 0.9};

        assertThat(FalseDiscoveryRate.acrossFamilies(p, List.of("a", "a", "a", "a"), 0.05))
                .containsExactly(FalseDiscoveryRate.benjaminiHochberg(p), within(1e-12));
    }

    @Test
    void harmlessFamiliesStayCleanBesideOneFullOfDiscoveries() {
        // One family with 40 true effects, ten harmless ones of 20 tests: Benjamini and Bogomolov's rule keeps the mean
        // over selected families below 5%, so most runs find nothing at all in a harmless family.
        SplittableRandom random = new SplittableRandom(9);
        int runs = 1000;
        double sum = 0;
        for (int run = 0; run < runs; run++) {
            double[] p = new double[240];
            String[] families = new String[p.length];
            for (int i = 0; i < p.length; i++) {
                p[i] = i < 40 ? 1e-6 : random.nextDouble();
                families[i] = i < 40 ? "real" : "harmless " + (i - 40) / 20;
            }

            double[] q = FalseDiscoveryRate.acrossFamilies(p, Arrays.asList(families), 0.05);
            long selected = 1 + Arrays.stream(q, 40, 240).filter(x -> x <= 0.05).count();
            sum += (selected - 1.0) / selected;
        }

        assertThat(sum / runs).isLessThan(0.05 + Simulation.slack(runs) / 2);
    }
}
