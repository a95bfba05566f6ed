package dev.tapetum.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.fairness.Finding;
import dev.tapetum.table.PrototypeRow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PrototypePagesTest {
    private static final String HOSTILE = "<script>alert(1)</script>' \" | \\";
    private static final String HTML = ReportPages.html(of(SamplePrototypes.prototypes()));
    private static final String TEXT = ReportPages.markdown(of(SamplePrototypes.prototypes()));

    private static Report of(Prototypes prototypes) {
        return new Report(
                SampleRun.run(2000, 12),
                "photos",
                "models/pottery",
                SampleRun.SETTINGS,
                List.of(),
                List.<Finding>of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Explanations.NONE,
                Interventions.NONE,
                Features.NONE,
                Slices.NONE,
                prototypes);
    }

    @Test
    void aRunWithoutDrawingsHasNoSuchSection() {
        assertThat(ReportPages.html(of(Prototypes.NONE))).doesNotContain("id=\"prototypes\"");
        assertThat(ReportPages.markdown(of(Prototypes.NONE))).doesNotContain("## Prototypes");
    }

    /** Distances: mug 0.4 against 0.6, cone 0.5 against 0.45; correlations: 0.5 against 0.3, 0.45 against 0.4. */
    @Test
    void theReaderIsToldInHowManyClassesTheDrawingsAreMoreNaturalThanTheBaseline() {
        String sentence =
                "Of 2 classes, the drawings of prototype are nearer to the path of the class's images than those"
                        + " of activation-maximisation in 1 by distance, in 2 by correlation and in 1 by both.";

        assertThat(HTML).contains(sentence.replace("'", "&#39;"));
        assertThat(TEXT).contains(sentence);
        // Images of other classes: 0.48 and 0.35, so that the mug's 0.6 and 0.3 of the baseline are artefacts.
        assertThat(TEXT)
                .contains(
                        "the drawings of prototype are farther from that path than images of other classes in 1 by distance and in 0 by"
                                + " correlation.",
                        "the drawings of activation-maximisation are farther from that path than images of other classes in 1 by"
                                + " distance and in 1 by correlation; where both say so (1) they are artefacts");
    }

    @Test
    void everyDrawingIsShownBesideItsBaseline() {
        assertThat(HTML.split("alt=\"Drawing ", -1)).hasSize(8 + 1);
        assertThat(HTML)
                .containsSubsequence(
                        "<h4>mug</h4>", "<b>prototype</b>", "<b>activation-maximisation</b>", "<h4>cone</h4>");
    }

    @Test
    void whatIsDrawnInComesFirstWithItsPlaceAndItsColours() {
        assertThat(HTML)
                .containsSubsequence(
                        "<tr class=\"fail\"><th scope=\"row\">mug",
                        "cue = yes",
                        "rows 25 to 30, columns 24 to 30",
                        "style=\"background: rgb(245, 158, 69)\"",
                        "drawn in</td>",
                        "<tr><th scope=\"row\">cone",
                        ">no</td>");
        assertThat(TEXT).contains("| mug | prototype | cue = yes | block3 | 1.05 | 0.100 | 0.0200 |");
    }

    @Test
    void whatImagesDoNotTellApartIsSaid() {
        assertThat(TEXT).contains("are not told from those without: vendor = yes (area under the curve 0.52).");
    }

    @Test
    void ofManyClassesThoseIntoWhichSomethingIsDrawnAreShown() {
        List<PrototypeRow> rows = new ArrayList<>();
        for (int c = 0; c < 40; c++) {
            rows.add(SamplePrototypes.row(SampleRun.RUN, "class " + c, c, "prototype", 0, 0.4, 0.5));
        }

        String html = ReportPages.html(of(new Prototypes(
                rows, List.of(SamplePrototypes.reading(SampleRun.RUN, "class 39", 39, "cue", 1.0, true)))));

        assertThat(html).contains("<h4>class 39</h4>", "<h4>class 28</h4>").doesNotContain("<h4>class 29</h4>");
        assertThat(html).contains("The drawings of 10 further classes are in the table");
    }

    @Test
    void theTextsOfTheDataSetStayText() {
        Report report = of(SamplePrototypes.prototypes(HOSTILE, HOSTILE + "2", HOSTILE));

        assertThat(ReportPages.html(report)).doesNotContain("<script>alert");
        assertThat(ReportPages.markdown(report)).doesNotContain("<script>");
    }
}
