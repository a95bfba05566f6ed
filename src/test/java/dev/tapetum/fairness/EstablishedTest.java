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
        Established established = Established.of(GAPS, List.of(saliency, PASSED), Images.SETTINGS);

        assertThat(established.findings())
                .extracting(finding -> finding.gap().metric().name())
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

        assertThat(Established.of(GAPS, List.of(open, PASSED), Images.SETTINGS))
                .isEqualTo(new Established(Finding.all(GAPS, Images.SETTINGS), List.of()));
        assertThat(Established.of(GAPS, List.of(required, PASSED), Images.SETTINGS)
                        .findings())
                .hasSize(2);
    }

    @Test
    void aMethodWithoutDifferencesIsNamedAllTheSame() {
        ExplanationTrust other = new ExplanationTrust("deconvnet", Verdict.NOT_EVIDENCE, false, "it stays");

        assertThat(Established.of(GAPS, List.of(other), Images.SETTINGS).reasons())
                .containsExactly("deconvnet is not evidence: it stays.");
    }

    @Test
    void methodsWithOneReasonShareASentence() {
        ExplanationTrust saliency = new ExplanationTrust("saliency", Verdict.NOT_TESTED, true, "nothing was measured");
        ExplanationTrust gradCam = new ExplanationTrust("grad-cam", Verdict.NOT_TESTED, true, "nothing was measured");

        assertThat(Established.of(GAPS, List.of(saliency, gradCam), Images.SETTINGS)
                        .reasons())
                .containsExactly(
                        "saliency, grad-cam are not evidence: nothing was measured; the plan asks for a test that is"
                                + " passed (attribution.trust.required); 3 established differences of their maps are left out.");
    }

    private static Gap gap(String metric, double q) {
        return GateVerdictTest.gap(Metric.named(metric), "site", "B", -0.2, 0.01, q, q);
    }
}
