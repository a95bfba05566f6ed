package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.stats.Interval;
import dev.tapetum.stats.IntervalMethod;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateVerdictTest {
    private static final Gate RULE = new Gate("accuracy", "site", 0.05);

    static Gap gap(Metric metric, String attribute, String value, double difference, double half, double p, double q) {
        Interval interval = Double.isNaN(half)
                ? Interval.NONE
                : new Interval(difference - half, difference + half, IntervalMethod.CONTINGENCY_BCA);
        return new Gap(
                metric,
                new Group(attribute, value),
                Gap.OTHERS,
                500,
                1500,
                0.9 + difference,
                0.9,
                difference,
                1 + difference / 0.9,
                interval,
                p,
                q,
                Double.isNaN(half) ? 0.2 : 1.43 * half,
                difference / 0.3);
    }

    private static Gap accuracy(String site, double difference, double half, double p, double q) {
        return gap(Rate.accuracy(), "site", site, difference, half, p, q);
    }

    @ParameterizedTest
    @CsvSource({
        "-0.142, 0.03, 0.0001, 0.001, FAIL",
        "0.142, 0.03, 0.0001, 0.001, FAIL", // better by more than allowed is a gap as well
        "-0.142, 0.15, 0.06, 0.2, NONE", // large, but chance may be the reason
        "-0.06, 0.02, 0.001, 0.049, FAIL",
        "-0.03, 0.01, 0.001, 0.002, PASS", // established, but within what is allowed
        "-0.01, 0.03, 0.5, 0.8, PASS", // the whole interval lies within
        "-0.04, 0.03, 0.01, 0.08, PASS", // it does not, but a gap of 0.05 would have been found
        "-0.01, 0.09, 0.8, 0.9, NONE", // nothing found, and nothing could have been
        "-0.01, NaN, NaN, NaN, NONE", // below min-group
        "NaN, NaN, NaN, NaN, NONE"
    })
    void aGapFailsOnlyWhenItIsLargeAndEstablished(
            double difference, double half, double p, double q, GateStatus status) {
        GateVerdict verdict = verdict(RULE, List.of(accuracy("B", difference, half, p, q)));

        assertThat(verdict.status()).isEqualTo(status);
    }

    @Test
    void theWorstGapDecidesAndIsNamed() {
        Gap failed = accuracy("B", -0.142, 0.031, 0.0001, 0.0012);
        GateVerdict verdict = verdict(
                RULE,
                List.of(
                        accuracy("A", 0.06, 0.02, 0.0001, 0.001),
                        failed,
                        accuracy("C", -0.4, Double.NaN, Double.NaN, Double.NaN),
                        gap(Rate.accuracy(), "vendor", "x", -0.5, 0.01, 0.0001, 0.001),
                        gap(Rate.rejects(), "site", "B", 0.5, 0.01, 0.0001, 0.001)));

        assertThat(verdict.worst()).isEqualTo(failed);
        assertThat(verdict.statement())
                .isEqualTo(
                        "Failed: accuracy at site = B is 14.2 points lower than elsewhere (95% interval 11.1 to 17.3,"
                                + " q = 0.001); at most 5.0 points is allowed.");
    }

    @ParameterizedTest
    @CsvSource({"A, B", "B, A"})
    void ofTwoGroupsTheOneThatIsWorseOffIsNamed(String worse, String better) {
        List<Gap> gaps = List.of(
                accuracy("A", worse.equals("A") ? -0.14 : 0.14, 0.03, 0.0001, 0.001),
                accuracy("B", worse.equals("B") ? -0.14 : 0.14, 0.03, 0.0001, 0.001));

        assertThat(verdict(RULE, gaps).statement())
                .startsWith("Failed: accuracy at site = " + worse + " is 14.0 points lower than elsewhere")
                .doesNotContain("site = " + better);
    }

    @Test
    void aMirroredGapDecidesWhenItAloneFails() {
        List<Gap> gaps = List.of(accuracy("A", -0.14, 0.14, 0.04, 0.051), accuracy("B", 0.14, 0.13, 0.03, 0.049));

        assertThat(verdict(RULE, gaps).status()).isEqualTo(GateStatus.FAIL);
    }

    @Test
    void aSmallGroupIsTheReasonForNoVerdict() {
        GateVerdict verdict = verdict(
                RULE,
                List.of(accuracy("A", 0.01, 0.02, 0.3, 0.4), accuracy("C", -0.3, Double.NaN, Double.NaN, Double.NaN)));

        assertThat(verdict.status()).isEqualTo(GateStatus.NONE);
        assertThat(verdict.statement())
                .isEqualTo("No verdict: accuracy at site = C is 30.0 points lower than elsewhere; it has fewer than 30"
                        + " units (500 images against 1500), which could only show a gap of 20.0 points or more.");
    }

    @Test
    void aPassSaysHowLargeTheLargestGapIs() {
        GateVerdict verdict = verdict(RULE, List.of(accuracy("A", 0.01, 0.02, 0.3, 0.4)));

        assertThat(verdict.statement())
                .isEqualTo(
                        "Passed: no group of site differs by more than 5.0 points; the largest gap: accuracy at site ="
                                + " A is 1.0 points higher than elsewhere (95% interval -1.0 to 3.0, q = 0.400).");
    }

    @Test
    void aNameWithoutItsBracketCoversAllClasses() {
        Gate rule = new Gate("true-positive-rate", "site", 0.05);

        assertThat(rule.covers(gap(Rate.truePositives(0, "cat"), "site", "A", 0, 0, 1, 1)))
                .isTrue();
        assertThat(rule.covers(gap(Rate.falsePositives(0, "cat"), "site", "A", 0, 0, 1, 1)))
                .isFalse();
        assertThat(new Gate("true-positive-rate[dog]", "site", 0.05)
                        .covers(gap(Rate.truePositives(0, "cat"), "site", "A", 0, 0, 1, 1)))
                .isFalse();
    }

    @Test
    void nothingToCompareIsNoVerdict() {
        GateVerdict verdict = verdict(RULE, List.of());

        assertThat(verdict.status()).isEqualTo(GateStatus.NONE);
        assertThat(verdict.worst()).isNull();
        assertThat(verdict.statement())
                .isEqualTo("No verdict on accuracy by site: there are no two groups to compare.");
    }

    @Test
    void mapsThatAreNoEvidenceGetNoVerdict() {
        Gate rule = new Gate("attribution.gini.mean", "site", 0.05);
        Gap distrusted = gini("saliency", 0.9);
        Gap trusted = gini("grad-cam", 0.2);
        Gap even = gini("grad-cam", 0.001);
        List<ExplanationTrust> trust = List.of(
                new ExplanationTrust("saliency", ExplanationTrust.Verdict.NOT_EVIDENCE, false, "its maps stay"),
                new ExplanationTrust("grad-cam", ExplanationTrust.Verdict.PASSED, false, "its maps change"));

        GateVerdict verdict = GateVerdict.all(List.of(rule), List.of(distrusted, even), trust, Images.SETTINGS)
                .get(0);
        assertThat(verdict)
                .isEqualTo(new GateVerdict(
                        rule, GateStatus.NONE, "No verdict: saliency is not evidence: its maps stay.", distrusted));

        // What is no evidence does not hide a failure in maps that are.
        assertThat(GateVerdict.all(List.of(rule), List.of(distrusted, trusted), trust, Images.SETTINGS)
                        .get(0))
                .extracting(GateVerdict::status, GateVerdict::worst)
                .containsExactly(GateStatus.FAIL, trusted);
    }

    private static Gap gini(String method, double difference) {
        Metric metric = Metric.named("attribution.gini.mean[" + method + "]");
        return gap(metric, "site", "B", difference, 0.01, 0.0001, 0.001);
    }

    private static GateVerdict verdict(Gate rule, List<Gap> gaps) {
        return GateVerdict.of(rule, gaps, NoEvidence.of(List.of()), Images.SETTINGS);
    }

    @Test
    void theGateIsAsBadAsItsWorstRule() {
        List<Gap> gaps =
                List.of(accuracy("A", 0.01, 0.02, 0.3, 0.4), gap(Rate.rejects(), "site", "A", 0.2, 0.01, 0.001, 0.001));
        Gate rejects = new Gate("reject-rate", "site", 0.05);
        Gate absent = new Gate("accuracy", "sex", 0.05);

        assertThat(overall(gaps, RULE)).isEqualTo(GateStatus.PASS);
        assertThat(overall(gaps, RULE, absent)).isEqualTo(GateStatus.NONE);
        assertThat(overall(gaps, RULE, absent, rejects)).isEqualTo(GateStatus.FAIL);
        assertThat(overall(gaps)).isEqualTo(GateStatus.NONE);
    }

    private static GateStatus overall(List<Gap> gaps, Gate... rules) {
        return GateVerdict.overall(GateVerdict.all(List.of(rules), gaps, List.of(), Images.SETTINGS));
    }

    @Test
    void aRuleThatMakesNoSenseNamesItsKey() {
        assertThatThrownBy(() -> new Gate("accuracy", "site", -0.1)).hasMessageStartingWith("max-gap must");
        assertThatThrownBy(() -> new Gate("accuracy", "site", Double.NaN)).hasMessageStartingWith("max-gap must");
        assertThatThrownBy(() -> new Gate(" ", "site", 0.1)).hasMessageStartingWith("metric must");
        assertThatThrownBy(() -> new Gate("calibration-error", "site", 0.1))
                .hasMessageEndingWith("calibration-error-debiased");
        assertThatThrownBy(() -> new Gate("accuracy", "", 0.1)).hasMessageStartingWith("attribute must");
    }
}
