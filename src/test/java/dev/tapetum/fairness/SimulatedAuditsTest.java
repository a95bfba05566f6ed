package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.fairness.SimulatedAudits.Coverage;
import dev.tapetum.fairness.SimulatedAudits.Site;
import dev.tapetum.stats.Interval;
import dev.tapetum.stats.StatisticsSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole audits of simulated images: intervals cover what is true as often as they say, nothing harmless is found, and what is
 * large enough is. {@link SimulatedAuditsBench} does the same for longer.
 */
class SimulatedAuditsTest {
    static final int AUDITS = 300;
    /** Three standard errors of a share of 95% of 2,000 audits. */
    private static final double COVERAGE_TOLERANCE = 0.015;

    /** What populations audits are drawn from. The rates differ from audit to audit, since no rate must be special. */
    enum Population {
        /** 100 images against 300. */
        USUAL(100, 300, 1, 0.6, 0.9),
        /** A group just large enough for a verdict. */
        SMALL(35, 300, 1, 0.6, 0.9),
        /** One error in fifty to one in two hundred. */
        RARE(250, 500, 1, 0.98, 0.995),
        /** Four images of each patient. */
        CLUSTERS(160, 400, 4, 0.6, 0.9);

        private final int images;
        private final int others;
        private final int perCluster;
        private final double lowest;
        private final double highest;

        Population(int images, int others, int perCluster, double lowest, double highest) {
            this.images = images;
            this.others = others;
            this.perCluster = perCluster;
            this.lowest = lowest;
            this.highest = highest;
        }

        /** Whether the intervals of one audit cover what is true. */
        Coverage audit(int audit, StatisticsSettings settings) {
            SplittableRandom random = SimulatedAudits.random(name(), audit);
            Site group = site("A", images, random);
            Site rest = site("B", others, random);
            GroupLayout layout = new GroupLayout(List.of("site"), List.of("cat", "dog"), perCluster > 1);
            GroupStatistics statistics =
                    SimulatedAudits.audit(layout, settings, List.of(group.draw(random), rest.draw(random)));
            Coverage coverage = new Coverage();
            Map<String, double[]> truths = truths(group, rest);
            truths.forEach((metric, truth) -> {
                Group of = new Group("site", "A");
                add(coverage, metric, Images.metric(statistics, metric, of).interval(), truth[0]);
                add(coverage, metric + " gap", Images.gap(statistics, metric, of).interval(), truth[0] - truth[1]);
            });
            return coverage;
        }

        private static void add(Coverage coverage, String what, Interval interval, double truth) {
            coverage.add(what, interval.low() <= truth && truth <= interval.high());
        }

        private Site site(String name, int images, SplittableRandom random) {
            return new Site(
                    name,
                    images,
                    perCluster,
                    lowest + (highest - lowest) * random.nextDouble(),
                    0.3 * random.nextDouble(),
                    0.5 + random.nextDouble());
        }

        private static Map<String, double[]> truths(Site group, Site rest) {
            Map<String, double[]> truths = new HashMap<>();
            truths.put("accuracy", new double[] {group.accuracy(), rest.accuracy()});
            truths.put("confidence", new double[] {group.confidence(), rest.confidence()});
            truths.put("confidence.spread", new double[] {group.confidenceSpread(), rest.confidenceSpread()});
            truths.put("calibration-error-debiased", new double[] {group.calibrationError(), rest.calibrationError()});
            truths.put("attribution.gini.mean[saliency()]", new double[] {group.gini(), rest.gini()});
            return truths;
        }
    }

    static Coverage coverage(Population population, int audits, StatisticsSettings settings) {
        Coverage coverage = new Coverage();
        SimulatedAudits.run(audits, audit -> population.audit(audit, SimulatedAudits.settings(settings, audit))).forEach(coverage::add);
        return coverage;
    }

    @ParameterizedTest
    @EnumSource
    void intervalsCoverTheTruthAsOftenAsTheySay(Population population) {
        Coverage coverage = coverage(population, AUDITS, SimulatedAudits.SETTINGS);
        System.out.println(population + " " + coverage.shares());
        coverage.shares()
                .forEach((what, share) -> assertThat(share)
                        .as("%s, %s, of %d audits", population, what, coverage.audits(what))
                        .isCloseTo(0.95, within(COVERAGE_TOLERANCE)));
    }

    /** Images whose attributes have nothing to do with anything. */
    static List<Observation> harmless(int images, int attributes, SplittableRandom random) {
        List<Observation> drawn = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            Map<String, String> values = new HashMap<>();
            for (int a = 0; a < attributes; a++) {
                values.put("attribute " + a, "value " + random.nextInt(2 + a % 3));
            }

            int label = random.nextInt(2);
            drawn.add(Observation.scored(
                    "image " + i,
                    null,
                    values,
                    label,
                    random.nextDouble() < 0.85 ? label : 1 - label,
                    random.nextDouble(),
                    Map.of(SimulatedAudits.GINI, random.nextDouble())));
        }

        return drawn;
    }

    static long findings(int audit, StatisticsSettings settings) {
        SplittableRandom random = SimulatedAudits.random("harmless", audit);
        List<String> attributes =
                IntStream.range(0, 200).mapToObj(a -> "attribute " + a).toList();
        GroupLayout layout = new GroupLayout(attributes, List.of("cat", "dog"), false);
        GroupStatistics statistics =
                SimulatedAudits.audit(layout, settings, List.of(harmless(600, attributes.size(), random)));
        return Finding.all(statistics.gaps(), settings).size();
    }

    @Test
    void twoHundredHarmlessAttributesGiveNoFindingInNineteenAuditsOfTwenty() {
        int audits = 40;
        long any = SimulatedAudits.run(audits, audit -> findings(audit, SimulatedAudits.settings(SimulatedAudits.SETTINGS, audit))).stream()
                .filter(found -> found > 0)
                .count();
        System.out.println("harmless " + any + " of " + audits);
        assertThat((double) any / audits).isLessThanOrEqualTo(0.05);
    }

    /**
     * Whether the gap of a site is among the findings of an audit with ten harmless attributes besides. It is twice the smallest
     * detectable one: (z(0.975) + z(0.8)) · √(p(1 − p)) · √(1/n + 1/n′) = 2.802 · 0.357 · 0.0791 = 0.0791 with p = 0.85,
     * n = 200 and n′ = 800.
     */
    static boolean isFound(int audit, StatisticsSettings settings) {
        SplittableRandom random = SimulatedAudits.random("planted", audit);
        Site bad = new Site("A", 200, 1, 0.85 - 2 * 0.0791, 0.3, 1);
        Site others = new Site("B", 800, 1, 0.85, 0.3, 1);
        List<String> attributes = new ArrayList<>(List.of("site"));
        IntStream.range(0, 10).forEach(a -> attributes.add("attribute " + a));
        GroupStates states = new GroupStates(settings, new GroupLayout(attributes, List.of("cat", "dog"), false));
        for (Site site : List.of(bad, others)) {
            for (Observation image : site.draw(random)) {
                Map<String, String> values = new HashMap<>(image.attributes());
                attributes.subList(1, attributes.size()).forEach(a -> values.put(a, "value " + random.nextInt(3)));
                states.add(Observation.scored(
                        image.imageId(),
                        null,
                        values,
                        image.label(),
                        image.predicted(),
                        image.confidence(),
                        image.summaries()));
            }
        }

        return Finding.all(states.finish().gaps(), settings).stream()
                .anyMatch(finding -> finding.gap().metric().name().equals("accuracy")
                        && finding.gap().group().equals(new Group("site", "A")));
    }

    @Test
    void aGapOfTwiceTheSmallestDetectableOneIsFoundInFourAuditsOfFive() {
        int audits = 100;
        long found = SimulatedAudits.run(audits, audit -> isFound(audit, SimulatedAudits.settings(SimulatedAudits.SETTINGS, audit)))
                .stream()
                .filter(is -> is)
                .count();
        System.out.println("planted " + found + " of " + audits);
        assertThat((double) found / audits).isGreaterThanOrEqualTo(0.8);
    }
}
