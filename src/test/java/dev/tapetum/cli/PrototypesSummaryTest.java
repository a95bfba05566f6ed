package dev.tapetum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.job.PrototypeOutcome;
import dev.tapetum.report.DrawingMethod;
import dev.tapetum.report.DrawingMethod.OfClass;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PrototypesSummaryTest {

    private static OfClass ofClass(int c, double logit, @Nullable Double l1, @Nullable Double spearman) {
        return new OfClass("class " + c, logit, 0.5, l1, 0.25, 1.0, spearman, 0.75, 0.125);
    }

    private static PrototypeOutcome outcome(
            long earlier, @Nullable String report, List<String> told, DrawingMethod... methods) {
        return new PrototypeOutcome(
                "night",
                8,
                earlier,
                1234,
                56789,
                61,
                List.of(methods),
                told,
                List.of("executor driver on cpu"),
                report);
    }

    /**
     * Of four classes one has no path. In the others L1 is smaller in the first and the second, and Spearman larger in the second
     * and the third, so both in the second only.
     */
    @Test
    void methodsStandBesideImagesAndBesideTheBaseline() {
        DrawingMethod prototype = new DrawingMethod(
                "prototype()",
                "prototype",
                false,
                4,
                List.of(
                        ofClass(0, 10, 1.0, 0.1),
                        ofClass(1, 20, 2.0, 0.6),
                        ofClass(2, 30, 3.0, 0.8),
                        ofClass(3, 40, null, null)));
        DrawingMethod baseline = new DrawingMethod(
                "activation-maximisation()",
                "activation-maximisation",
                true,
                4,
                List.of(
                        ofClass(0, 1, 1.5, 0.2),
                        ofClass(1, 2, 2.5, 0.5),
                        ofClass(2, 3, 2.5, 0.5),
                        ofClass(3, 4, 9.0, 0.5)));

        String text = PrototypesSummary.text(
                outcome(0, "out/report.html", List.of("Mug is drawn with tag = yes."), prototype, baseline),
                "out",
                "tapetum");

        assertThat(text)
                .contains("Prototypes of run night", "drawings    8\n", "1 min 1 s", "1,234 forward, 56,789 gradient")
                .contains("loaded once on 1 executor (cpu)", "report      out/report.html")
                // (1 + 2 + 3) / 3 and (0.1 + 0.6 + 0.8) / 3 over the classes that have a path, 100 / 4 over all.
                .containsPattern("prototype +4 +25.00  0.500  2.0000  0.2500  1.0000 +0.500 +0.750 +0.125")
                .contains(
                        "closer      prototype than activation-maximisation in 2 of 3 classes by L1, in 2 by Spearman, in"
                                + " 1 by both\n")
                .contains("drawn in    Mug is drawn with tag = yes.\n", "FROM prototype_readings WHERE")
                .contains("look closer tapetum sql out --run night \"SELECT class_name, ");
    }

    @Test
    void whatIsNotThereIsSaid() {
        DrawingMethod alone =
                new DrawingMethod("prototype()", "prototype", false, 1, List.of(ofClass(0, 1, null, null)));

        String text = PrototypesSummary.text(outcome(6, null, List.of(), alone), "out", "tapetum");

        assertThat(text)
                .contains("8 = 2 drawn now + 6 drawn before", "report      not written")
                .contains("drawn in    nothing was looked for: that takes attributes in the plan")
                .contains("closer      not compared: that takes a baseline, and images of a class")
                .containsPattern("prototype +1 +1.00 +0.500 +-  0.2500");
    }
}
