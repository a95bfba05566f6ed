package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.fairness.SimulatedAudits.Coverage;
import dev.tapetum.fairness.SimulatedAudits.Site;
import dev.tapetum.stats.Interval;
import dev.tapetum.stats.StatisticsSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole audits of simulated images: intervals cover what is true as often as they say, nothing harmless is found, and what is
 * large enough is. {@link SimulatedAuditsBench} does the same for longer.
 */
class SimulatedAuditsTest {
    private static final int AUDITS = 2000;

    /** Three standard errors of a share of 95% of 2,000 audits, √(0.95 · 0.05 / 2000) = 0.0049. */
    private static final double COVERAGE_TOLERANCE = 0.015;

    /**
     * Few errors make tables of few kinds, and score intervals of those err on the cautious side: of 250 images of which one in
     * fifty to two hundred is wrong they cover in 97.4%, of a gap of 35 images in 96.8%.
     */
    private static final double MOST_OF_RATES = 0.98;

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
            List<Observation> drawn = new ArrayList<>(group.draw(audit, random));
            drawn.addAll(rest.draw(audit, random));
            GroupStatistics statistics = SimulatedAudits.audit(layout, settings, drawn);
            Coverage coverage = new Coverage();
            truths(group, rest).forEach((metric, truth) -> {
                Group of = new Group("site", "A");
                add(coverage, metric, Images.metric(statistics, metric, of).interval(), truth[0]);
                add(
                        coverage,
                        metric + " gap",
                        Images.gap(statistics, metric, of).interval(),
                        truth[0] - truth[1]);
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
        SimulatedAudits.run(audits, audit -> population.audit(audit, settings)).forEach(coverage::add);
        return coverage;
    }

    @ParameterizedTest
    @EnumSource
    void intervalsCoverTheTruthAsOftenAsTheySay(Population population) {
        Map<String, Double> missed = new TreeMap<>(
                coverage(population, AUDITS, SimulatedAudits.SETTINGS).shares());
        missed.entrySet().removeIf(entry -> {
            double highest = entry.getKey().startsWith("accuracy") ? MOST_OF_RATES : 0.95 + COVERAGE_TOLERANCE;
            return entry.getValue() >= 0.95 - COVERAGE_TOLERANCE && entry.getValue() <= highest;
        });

        assertThat(missed).isEmpty();
    }

    /** The share of audits of two hundred attributes that have nothing to do with anything which find something. */
    static double withFindings(int audits, StatisticsSettings settings) {
        long any = SimulatedAudits.run(audits, audit -> findings(audit, settings)).stream()
                .filter(found -> found > 0)
                .count();
        return (double) any / audits;
    }

    private static int findings(int audit, StatisticsSettings settings) {
        SplittableRandom random = SimulatedAudits.random("harmless", audit);
        List<String> attributes =
                IntStream.range(0, 200).mapToObj(a -> "attribute " + a).toList();
        List<Observation> drawn = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            Map<String, String> values = new HashMap<>();
            attributes.forEach(attribute -> values.put(attribute, "value " + random.nextInt(3)));
            int label = random.nextInt(2);
            drawn.add(Observation.scored(
                    "image " + i + " of audit " + audit,
                    null,
                    values,
                    label,
                    random.nextDouble() < 0.85 ? label : 1 - label,
                    random.nextDouble(),
                    Map.of(SimulatedAudits.GINI, random.nextDouble())));
        }

        GroupLayout layout = new GroupLayout(attributes, List.of("cat", "dog"), false);
        return SimulatedAudits.found(SimulatedAudits.audit(layout, settings, drawn), settings)
                .size();
    }

    @Test
    void twoHundredHarmlessAttributesGiveNoFindingInNineteenAuditsOfTwenty() {
        assertThat(withFindings(20, SimulatedAudits.SETTINGS)).isLessThanOrEqualTo(0.05);
    }

    /** The share of audits that find a gap of twice the smallest detectable one. */
    static double found(int audits, StatisticsSettings settings) {
        long found = SimulatedAudits.run(audits, audit -> isFound(audit, settings)).stream()
                .filter(is -> is)
                .count();
        return (double) found / audits;
    }

    /**
     * Whether the gap of a site is among the findings of an audit with ten harmless attributes besides. It is twice the smallest
     * detectable one: (z(0.975) + z(0.8)) · √(p(1 − p)) · √(1/n + 1/n′) = 2.802 · 0.357 · 0.0791 = 0.0791 with p = 0.85,
     * n = 200 and n′ = 800.
     */
    private static boolean isFound(int audit, StatisticsSettings settings) {
        SplittableRandom random = SimulatedAudits.random("planted", audit);
        Site bad = new Site("A", 200, 1, 0.85 - 2 * 0.0791, 0.3, 1);
        Site others = new Site("B", 800, 1, 0.85, 0.3, 1);
        List<String> harmless =
                IntStream.range(0, 10).mapToObj(a -> "attribute " + a).toList();
        List<Observation> images = new ArrayList<>();
        for (Site site : List.of(bad, others)) {
            for (Observation image : site.draw(audit, random)) {
                Map<String, String> values = new HashMap<>(image.attributes());
                harmless.forEach(attribute -> values.put(attribute, "value " + random.nextInt(3)));
                images.add(Observation.scored(
                        image.imageId(),
                        null,
                        values,
                        image.label(),
                        image.predicted(),
                        image.confidence(),
                        image.summaries()));
            }
        }

        List<String> attributes = new ArrayList<>(List.of("site"));
        attributes.addAll(harmless);
        GroupLayout layout = new GroupLayout(attributes, List.of("cat", "dog"), false);
        return SimulatedAudits.found(SimulatedAudits.audit(layout, settings, images), settings).stream()
                .anyMatch(finding ->
                        finding.metric().equals("accuracy") && finding.group().equals(new Group("site", "A")));
    }

    @Test
    void aGapOfTwiceTheSmallestDetectableOneIsFoundInFourAuditsOfFive() {
        assertThat(found(100, SimulatedAudits.SETTINGS)).isGreaterThanOrEqualTo(0.8);
    }
}
