package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.fairness.ExplanationTrust.Verdict;
import dev.tapetum.stats.Interval;
import dev.tapetum.stats.IntervalMethod;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The limits are those of the defaults: 0.5 and 0.1; a verdict needs 30 images. */
final class ExplanationTrustTest {
    private static final TrustLimits LIMITS = new TrustLimits(0.5, 0.1, false);
    private static final TrustLimits REQUIRED = new TrustLimits(0.5, 0.1, true);
    private static final String METHOD = "guided-backprop";

    @Test
    void aMapThatStaysWhenTheModelIsRandomisedIsNotEvidence() {
        ExplanationTrust trust = judge(LIMITS, randomised(0.83, 0.81, 0.85));

        assertThat(trust.verdict()).isEqualTo(Verdict.NOT_EVIDENCE);
        assertThat(trust.isEvidence()).isFalse();
        assertThat(trust.why())
                .isEqualTo(
                        "its maps stay as they are when the model is randomised: rank correlation 0.83 (0.81 to 0.85),"
                                + " the limit is 0.5");
    }

    @Test
    void anIntervalThatReachesTheLimitFromAboveIsUndecidedAndFromBelowHasPassed() {
        assertThat(judge(LIMITS, randomised(0.6, 0.5, 0.7)).verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(judge(LIMITS, randomised(0.45, 0.4, 0.5)).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(judge(LIMITS, randomised(0.6, 0.501, 0.7)).verdict()).isEqualTo(Verdict.NOT_EVIDENCE);
    }

    @Test
    void aNegativeCorrelationIsNoMapThatStays() {
        assertThat(judge(LIMITS, randomised(-0.9, -0.95, -0.85)).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void anEstablishedErrorOfCompletenessIsNotEvidenceWhateverElsePassed() {
        ExplanationTrust trust = judge(LIMITS, randomised(0.1, 0.05, 0.15), completeness(0.4, 0.3, 0.5));

        assertThat(trust.verdict()).isEqualTo(Verdict.NOT_EVIDENCE);
        assertThat(trust.reason())
                .isEqualTo(
                        "its maps do not add up to what they should explain: mean relative error 0.40 (0.30 to 0.50),"
                                + " the limit is 0.1");
    }

    @Test
    void oneUndecidedMeasurementLeavesTheMethodUndecided() {
        ExplanationTrust trust = judge(LIMITS, randomised(0.1, 0.05, 0.15), completeness(0.1, 0.05, 0.15));

        assertThat(trust.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(trust.isEvidence()).isTrue();
        assertThat(trust.reason()).contains("is open").doesNotContain("rank correlation");
    }

    @Test
    void ofTwoCorrelationsTheWorstCounts() {
        GroupMetric kendall = measured("model-parameter-randomisation", "(correlation=kendall)", 0.7, 0.68, 0.72, 100);
        GroupMetric spearman = measured("model-parameter-randomisation", "(correlation=spearman)", 0.4, 0.3, 0.45, 100);

        assertThat(judge(LIMITS, spearman, kendall).verdict()).isEqualTo(Verdict.NOT_EVIDENCE);
    }

    @Test
    void whatWasNotMeasuredIsNotTestedAndSaysWhichMetricToAdd() {
        ExplanationTrust trust = judge(LIMITS, measured("gini", "", 0.9, 0.8, 1, 100));

        assertThat(trust.verdict()).isEqualTo(Verdict.NOT_TESTED);
        assertThat(trust.isEvidence()).isTrue();
        assertThat(trust.why()).contains("add model-parameter-randomisation to attribution-metrics");
    }

    /** Methods without a total have a completeness of no images at all. */
    @Test
    void ameasurementOfNoImagesIsNone() {
        GroupMetric none = measured("completeness", "", Double.NaN, Double.NaN, Double.NaN, 0);

        assertThat(judge(LIMITS, none).verdict()).isEqualTo(Verdict.NOT_TESTED);
        assertThat(judge(LIMITS, none, randomised(0.1, 0.05, 0.15)).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void completenessAlonePassesAndSaysWhatWasNotMeasured() {
        ExplanationTrust trust = judge(LIMITS, completeness(0.01, 0.009, 0.011));

        assertThat(trust.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(trust.reason()).endsWith("whether they change when the model is randomised was not measured");
    }

    @Test
    void fewImagesDecideNothing() {
        ExplanationTrust trust = judge(LIMITS, measured("model-parameter-randomisation", "", 0.83, 0.81, 0.85, 29));

        assertThat(trust.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(trust.reason()).endsWith("and 29 independent images are fewer than the min-group of 30");
    }

    @Test
    void aMeanWithoutAnIntervalDecidesNothing() {
        assertThat(judge(LIMITS, randomised(0.83, Double.NaN, Double.NaN)).verdict())
                .isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void aPlanMayRequireThatTheTestIsPassed() {
        assertThat(judge(REQUIRED).isEvidence()).isFalse();
        assertThat(judge(REQUIRED).why()).endsWith("(attribution.trust.required)");
        assertThat(judge(REQUIRED, randomised(0.5, 0.4, 0.6)).isEvidence()).isFalse();
        assertThat(judge(REQUIRED, randomised(0.2, 0.1, 0.3)).isEvidence()).isTrue();
    }

    @Test
    void onlyTheWholeAndTheMethodItselfCount() {
        GroupMetric whole = randomised(0.83, 0.81, 0.85);
        GroupMetric group = new GroupMetric(
                whole.metric(),
                new Group("site", "A"),
                whole.n(),
                whole.clusters(),
                whole.value(),
                whole.interval(),
                whole.confidence());

        assertThat(judge(LIMITS, group).verdict()).isEqualTo(Verdict.NOT_TESTED);
        assertThat(ExplanationTrust.all(List.of("saliency", METHOD), List.of(whole), LIMITS, Images.SETTINGS))
                .extracting(ExplanationTrust::verdict)
                .containsExactly(Verdict.NOT_TESTED, Verdict.NOT_EVIDENCE);
    }

    @Test
    void limitsThatMeanNothingAreRefused() {
        assertThatThrownBy(() -> new TrustLimits(1.2, 0.1, false)).hasMessageStartingWith("max-randomised-similarity");
        assertThatThrownBy(() -> new TrustLimits(0.5, -0.1, false)).hasMessageStartingWith("max-completeness-error");
    }

    private static ExplanationTrust judge(TrustLimits limits, GroupMetric... measured) {
        return ExplanationTrust.all(List.of(METHOD), List.of(measured), limits, Images.SETTINGS)
                .get(0);
    }

    private static GroupMetric randomised(double mean, double low, double high) {
        return measured("model-parameter-randomisation", "", mean, low, high, 100);
    }

    private static GroupMetric completeness(double mean, double low, double high) {
        return measured("completeness", "", mean, low, high, 100);
    }

    private static GroupMetric measured(
            String measure, String parameters, double mean, double low, double high, long n) {
        String text = parameters.isEmpty() ? "" : measure + parameters;
        Metric metric = Metric.named(new MethodMeasure(measure, METHOD, text).mean());
        Interval interval = Double.isNaN(low) ? Interval.NONE : new Interval(low, high, IntervalMethod.UNRECORDED);

        return new GroupMetric(metric, Group.WHOLE, n, n, mean, interval, 0.95);
    }
}
