package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FindingTest {
    private static final Metric GINI = SummaryMoment.of(Images.GINI, SummaryMoment.Moment.MEAN);

    @Test
    void largerEstablishedGapsComeFirstAndOutcomesBeforeExplanations() {
        Gap small = GateVerdictTest.gap(Rate.accuracy(), "site", "B", -0.08, 0.01, 0.0001, 0.001);
        Gap largeButVague = GateVerdictTest.gap(Rate.accuracy(), "site", "C", -0.12, 0.10, 0.02, 0.03);
        Gap large = GateVerdictTest.gap(Rate.accuracy(), "site", "D", -0.142, 0.031, 0.0001, 0.0012);
        Gap explanation = GateVerdictTest.gap(GINI, "site", "B", -0.3, 0.01, 0.0001, 0.001);

        List<Finding> findings = Finding.all(List.of(explanation, small, largeButVague, large), Images.SETTINGS);

        assertThat(findings).extracting(Finding::gap).containsExactly(large, small, largeButVague, explanation);
        assertThat(findings).extracting(Finding::rank).containsExactly(1, 2, 3, 4);
        assertThat(findings.get(0).statement())
                .isEqualTo("accuracy at site = D is 14.2 points lower than elsewhere (95% interval 11.1 to 17.3,"
                        + " q = 0.001)");
        assertThat(findings.get(3).statement())
                .isEqualTo("attribution.gini.mean[saliency()] at site = B is 0.300 lower than elsewhere"
                        + " (95% interval 0.290 to 0.310, q = 0.001)");
    }

    @Test
    void whatIsNotEstablishedOrIsBetterIsNoFinding() {
        assertThat(Finding.all(
                        List.of(
                                GateVerdictTest.gap(Rate.accuracy(), "site", "A", 0.08, 0.01, 0.0001, 0.001),
                                GateVerdictTest.gap(Rate.accuracy(), "site", "B", -0.08, 0.1, 0.1, 0.3),
                                GateVerdictTest.gap(Rate.rejects(), "site", "C", -0.08, 0.01, 0.0001, 0.001),
                                GateVerdictTest.gap(
                                        Rate.accuracy(), "site", "D", -0.5, Double.NaN, Double.NaN, Double.NaN)),
                        Images.SETTINGS))
                .isEmpty();
    }

    @Test
    void twoGroupsThatMirrorEachOtherAreToldOnce() {
        GroupLayout layout = new GroupLayout(List.of("size"), List.of("cat"), false);
        List<Observation> images = IntStream.range(0, 300)
                .mapToObj(i -> Observation.scored(
                        "image " + i,
                        null,
                        Map.of("size", i < 100 ? "small" : "great"),
                        0,
                        0,
                        0.9,
                        Map.of(Images.GINI, i % 10 + (i < 100 ? 5.0 : 0.0))))
                .toList();
        List<Finding> findings =
                Finding.all(Images.fold(layout, images).finish().gaps(), Images.SETTINGS);

        assertThat(findings).extracting(finding -> finding.gap().metric()).containsExactly(GINI);
        assertThat(findings.get(0).gap().group().value()).isEqualTo("small");
    }

    @Test
    void theQuerySurvivesQuotes() {
        Gap gap = GateVerdictTest.gap(Rate.accuracy(), "photographer's site", "B", -0.08, 0.01, 0.0001, 0.001);

        assertThat(new Finding(1, "", gap).query())
                .isEqualTo("SELECT * FROM gaps WHERE metric = 'accuracy' AND attribute = 'photographer\\'s site'"
                        + " ORDER BY q_value");
    }

    @Test
    void theDemoStyleDataNamesTheSiteAndNotTheVendor() {
        // Of 300 seeds 21 name the vendor too, for three families at 5%; how often is GroupComparisonTest's question.
        GroupStatistics statistics =
                Images.fold(Images.LAYOUT, Images.planted(2000, 2)).finish();
        List<Finding> findings = Finding.all(statistics.gaps(), Images.SETTINGS);

        assertThat(findings.get(0).statement()).startsWith("accuracy at site = B is ");
        assertThat(findings)
                .noneMatch(finding -> finding.gap().group().attribute().equals("vendor"));
    }
}
