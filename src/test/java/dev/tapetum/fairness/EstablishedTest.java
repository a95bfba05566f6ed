package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.fairness.ExplanationTrust.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EstablishedTest {
    private static final List<Gap> GAPS = List.of(
            gap("attribution.gini.mean[saliency]", 0.001),
            gap("accuracy", 0.002),
            gap("attribution.gini.mean[grad-cam]", 0.001),
            gap("attribution.top-k.spread[saliency, top-k(k=0.02)]", 0.001),
            gap("attribution.entropy.mean[saliency]", 0.4));

    private static final ExplanationTrust PASSED =
            new ExplanationTrust("grad-cam", Verdict.PASSED, false, "it changes");

    @Test
    void differencesOfMapsThatAreNoEvidenceAreCountedAndNotTold() {
        ExplanationTrust saliency = new ExplanationTrust("saliency", Verdict.NOT_EVIDENCE, false, "it stays");
        Established established = established(saliency, PASSED);

        assertThat(established.findings())
                .extracting(Finding::metric)
                .containsExactly("accuracy", "attribution.gini.mean[grad-cam]");
        assertThat(established.findings()).extracting(Finding::rank).containsExactly(1, 2);
        assertThat(established.leftOut()).containsExactly(new Established.LeftOut(saliency, 2));
        assertThat(established.reasons())
                .containsExactly(
                        "saliency is not evidence: it stays; 2 established differences of its maps are left out.");
    }

    @Test
    void whatIsUndecidedStaysUnlessThePlanRequiresTheTest() {
        ExplanationTrust open = new ExplanationTrust("saliency", Verdict.UNDECIDED, false, "open");
        ExplanationTrust required = new ExplanationTrust("saliency", Verdict.UNDECIDED, true, "open");

        assertThat(established(open, PASSED)).isEqualTo(established());
        assertThat(established(open, PASSED).findings()).hasSize(4);
        assertThat(established(required, PASSED).findings()).hasSize(2);
    }

    @Test
    void aMethodWithoutDifferencesIsNamedAllTheSame() {
        ExplanationTrust other = new ExplanationTrust("deconvnet", Verdict.NOT_EVIDENCE, false, "it stays");

        assertThat(established(other).reasons()).containsExactly("deconvnet is not evidence: it stays.");
    }

    @Test
    void methodsWithOneReasonShareASentence() {
        ExplanationTrust saliency = new ExplanationTrust("saliency", Verdict.NOT_TESTED, true, "nothing was measured");
        ExplanationTrust gradCam = new ExplanationTrust("grad-cam", Verdict.NOT_TESTED, true, "nothing was measured");

        assertThat(established(saliency, gradCam).reasons())
                .containsExactly(
                        "saliency, grad-cam are not evidence: nothing was measured; the plan asks for a test that is"
                                + " passed (attribution.trust.required); 3 established differences of their maps are left out.");
    }

    private static Established established(ExplanationTrust... trust) {
        RunStatistics run = new RunStatistics(List.of(), GAPS, List.of(trust), new TrustLimits(0.5, 0.1, false), null);
        return Established.of(run, List.of(), List.of(), Images.SETTINGS);
    }

    private static Gap gap(String metric, double q) {
        return GateVerdictTest.gap(Metric.named(metric), "site", "B", -0.2, 0.01, q, q);
    }
}
