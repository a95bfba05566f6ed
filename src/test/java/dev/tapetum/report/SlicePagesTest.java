package dev.tapetum.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.table.SliceRow;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a page tells of subgroups; of the page as a whole see {@link ReportPagesTest}. */
final class SlicePagesTest {
    private static final String HOSTILE = "<script>alert(1)</script>' \" | \\";
    private static final String HTML = ReportPages.html(of(SampleSlices.slices()));
    private static final String TEXT = ReportPages.markdown(of(SampleSlices.slices()));

    private static Report of(Slices slices) {
        return new Report(
                SampleRun.run(2000, 12),
                "photos",
                "models/pottery",
                SampleRun.SETTINGS,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Explanations.NONE,
                Interventions.NONE,
                Features.NONE,
                slices,
                Prototypes.NONE);
    }

    private static Slices without(boolean labelled, List<String> attributes) {
        return new Slices(attributes, 0, 1, labelled, List.of());
    }

    @Test
    void aPlanThatWantsNoSlicesHasNoSuchSection() {
        assertThat(ReportPages.html(of(Slices.NONE))).doesNotContain("id=\"slices\"");
        assertThat(ReportPages.markdown(of(Slices.NONE))).doesNotContain("## Slices");
    }

    @Test
    void theReaderIsToldWhatWasSearchedAndThatTheNumbersAreOfOtherImages() {
        String searched =
                "Subgroups by site, vendor, cue, the predicted class and 2 features (active or not), up to 3 of"
                        + " these at once, were searched for errors on one half of the labelled images. What was found there is"
                        + " measured here on the other half, which the search did not see, against all other images of that"
                        + " half.";

        assertThat(HTML).contains("<p>" + searched + "</p>", "<p>1 of 3 subgroups was confirmed.</p>");
        assertThat(TEXT).contains("## Slices", searched, "1 of 3 subgroups was confirmed.");
    }

    @Test
    void theConfirmedOnesComeFirstEachWithItsNumbersAndItsSql() {
        assertThat(HTML)
                .containsSubsequence(
                        "<tr class=\"fail\"><th scope=\"row\">site = B ∧ cue = tag<details class=\"sql\">"
                                + "<summary>SQL</summary>",
                        "<code>SELECT * FROM predictions WHERE &#39;site = B ∧ cue = tag&#39;</code></pre></details>",
                        ">60</td>",
                        ">35.0%</td>",
                        ">10.0%</td>",
                        ">26.0</td>",
                        ">21.0 to 31.0</td>",
                        ">&lt; 0.001</td>",
                        ">confirmed</td>",
                        "<tr class=\"none\"><th scope=\"row\">site = E",
                        ">–</td>",
                        ">no verdict</td>",
                        "<th scope=\"row\">predicted = mug",
                        ">not confirmed</td>");
        assertThat(TEXT).contains("| site = B ∧ cue = tag | 60 | 35.0% | 10.0% | 26.0 | 21.0 to 31.0 | &lt; 0.001 |");
    }

    @Test
    void thatNothingWasConfirmedIsSaid() {
        SliceRow one = SampleSlices.row(1, "site = E", 40, 0.12, 0.4);

        assertThat(ReportPages.html(of(SampleSlices.slices(one))))
                .contains(
                        "No subgroup was confirmed: the one that was found errs not surely more than the other images.");
        assertThat(ReportPages.html(of(SampleSlices.slices(one, one))))
                .contains("No subgroup was confirmed: none of the 2 that were found errs surely more than the other"
                        + " images.");
    }

    @Test
    void thatNothingWasFoundIsSaidWithWhatWasSearched() {
        assertThat(ReportPages.html(of(without(true, List.of("site")))))
                .contains("<p>Subgroups by site and the predicted class, one at a time, were searched for errors on one"
                        + " half of the labelled images.</p>")
                .contains("<p>No subgroup was found in which the model errs more than over all images.</p>");
    }

    @Test
    void whyNothingWasSearchedIsSaid() {
        assertThat(ReportPages.markdown(of(without(false, List.of("site")))))
                .contains("No subgroups were searched for errors, because no image has a label of the model's.");
        assertThat(ReportPages.markdown(of(without(true, List.of()))))
                .contains("No subgroups were searched for errors, because the plan names no attributes.");
    }

    @Test
    void theTextsOfTheDataSetStayText() {
        Slices slices = new Slices(
                List.of(HOSTILE), 0, 3, true, List.of(SampleSlices.row(1, HOSTILE + " = " + HOSTILE, 9, 0.4, 0.01)));

        assertThat(ReportPages.html(of(slices)))
                .doesNotContain("<script>alert")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;&#39; &quot; | \\");
        assertThat(ReportPages.markdown(of(slices)))
                .doesNotContain("<script>")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;' \" \\|");
    }
}
