package dev.tapetum.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.table.EditedImageRow;
import dev.tapetum.table.GroupMetricRow;
import dev.tapetum.table.PropertyEffectRow;
import dev.tapetum.table.StripCase;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a page tells of interventions; of the page as a whole see {@link ReportPagesTest}. */
final class InterventionPagesTest {
    private static final String HOSTILE = "</script><script>alert(1)</script>'\"|";
    private static final Report SAMPLE = SampleRun.report();
    private static final String SECTION = section(ReportPages.html(SAMPLE));

    /** The whole of 512 images: half the interval is 0.4 / √512 · min(1, 2 · 0.4123) = 0.01458. */
    @Test
    void propertiesAreTheStrongestFirstWithIntervalsDirectionAndVerdict() {
        assertThat(SECTION)
                .contains("512 of 1,988 scored images were edited: one property at a time")
                .containsSubsequence(
                        "<th scope=\"row\"><b>stamp</b><br><code>stamp(place=corner,steps=11)</code></th>",
                        "<td data-label=\"Class\">mug</td>",
                        "<b>0.412</b> <span class=\"quiet\">0.398 to 0.427</span>",
                        "<b>0.388</b> <span class=\"quiet\">0.373 to 0.403</span>",
                        "<td data-label=\"Direction\">raises</td>",
                        "<td class=\"n\" data-label=\"Flips\">20.6%</td>",
                        "<td class=\"n\" data-label=\"Images\">512</td>",
                        "<td class=\"n\" data-label=\"q\">&lt; 0.001</td>",
                        "<td data-label=\"Verdict\"><b>matters</b></td>",
                        "<b>brightness</b>",
                        "<td data-label=\"Class\">each image&#39;s own class</td>",
                        "<td data-label=\"Direction\">lowers</td>",
                        "<b>hue</b>",
                        "<td data-label=\"Verdict\">no effect above 0.05 established</td>",
                        "<th scope=\"row\"><b>rotation</b></th>",
                        "<td data-label=\"Direction\">no clear direction</td>",
                        "<td data-label=\"Verdict\">too few images</td>",
                        "2 further properties are in the table <code>property_effects</code>",
                        "The classes that answer most after these (2)",
                        "<td data-label=\"Class\">cup</td>");
    }

    /** Sure and small is not important, nor is large and unsure. */
    @Test
    void anEffectMattersOnlyWhenItIsBothEstablishedAndAboveTheLeast() {
        assertThat(verdict(0.4, 0.05)).contains("<b>matters</b>");
        assertThat(verdict(0.4, 0.0501)).doesNotContain("matters</b>").contains("no effect above 0.05 established");
        assertThat(verdict(0.05, 0.001)).doesNotContain("matters</b>").contains("no effect above 0.05 established");
    }

    @Test
    void whyThereIsNoVerdictIsTold() {
        assertThat(verdict(29, 29, 0.4, null)).contains("too few images");
        assertThat(verdict(5000, 10, 0.4, null)).contains("too few independent units (10)");
        assertThat(verdict(5000, 5000, 0.4, null)).contains("a few images count for too much");
    }

    private static String verdict(double gradient, @Nullable Double q) {
        return verdict(90, 90, gradient, q);
    }

    private static String verdict(long n, long clusters, double gradient, @Nullable Double q) {
        PropertyEffectRow effect =
                SampleInterventions.effect("hue", "hue", "cup", "*", "*", n, clusters, gradient, 0.1, q);
        Interventions.Property property =
                new Interventions.Property(effect, List.of(), List.of(), List.of(), List.of());

        return section(ReportPages.html(
                SampleRun.of(new Interventions(90, "probability", "", List.of(property), 0), List.of())));
    }

    @Test
    void theReaderIsToldWhatTheNumbersAre() {
        assertThat(SECTION)
                .contains("The expected gradient is how far the probability of the class moves, ups and downs added up")
                .contains("is above 0.05, the least that the plan calls important, with q ≤ 5%")
                .contains("that an effect is sure does not make it large");
    }

    @Test
    void theCurvesStandInATableWithEveryNumberOfTheChart() {
        String stamp = property("stamp");

        // Site B of 131 images at the last step: 0.2 + 0.65, ± 0.6/√131 = 0.0524, and ten images fewer than at the
        // first.
        assertThat(stamp)
                .contains("data-answer=\"mean probability of mug\" data-strength=\"strength of stamp\"")
                .contains("<option value=\"0\">cue</option><option value=\"1\">site</option>")
                .contains("<th scope=\"col\" class=\"n\" data-group=\"B\">site = B</th>")
                .contains("<tr data-strength=\"1.0\"><th scope=\"row\" class=\"n\">1</th>")
                .contains("<td class=\"n\" data-at=\"85.000\" data-low=\"79.758\" data-high=\"90.242\"><b>85.0%</b>"
                        + " <span class=\"quiet\">79.8% to 90.2%</span> <span class=\"quiet\">n = 121</span></td>");
        assertThat(Pattern.compile("<tr data-strength=").matcher(stamp).results())
                .hasSize(2 * 11);
    }

    @Test
    void groupsHaveVerdictsOfTheirOwn() {
        assertThat(property("stamp"))
                .contains("<tr class=\"open\"><th scope=\"row\">site = B</th><td class=\"n\">131</td>")
                .contains("<tr class=\"small\"><th scope=\"row\">site = E</th><td class=\"n\">8</td>");
    }

    @Test
    void aPropertyWithoutGroupsHasTheCurveOfAllImages() {
        assertThat(property("hue"))
                .contains("<caption>Expected gradient</caption>", "data-group=\"all images\"")
                .doesNotContain("<select>");
    }

    @Test
    void eachStripStartsWithTheImageAsItIsAndHasTheFirstAndTheLastStep() {
        List<String> strips = strips(property("brightness"));

        assertThat(strips).hasSize(3);
        assertThat(strips.get(0)).contains("<b>strongest</b> <code>site-b/brightness-strongest.jpg</code>");
        assertThat(strips.get(0)).contains("cup: expected gradient 0.900, p &lt; 0.001");
        assertThat(strips.get(1)).contains("<b>typical</b>");
        assertThat(strips.get(2)).contains("<b>insignificant</b>", "p = 0.412");

        // Eight of eleven steps: 0, 1.43, 2.86, 4.29, 5.71, 7.14, 8.57 and 10, rounded; of these 9 and 10 are not
        // valid.
        assertThat(Pattern.compile("<span class=\"quiet\">([^<]*)</span> <b>")
                        .matcher(strips.get(0))
                        .results())
                .extracting(found -> found.group(1))
                .containsExactly("as it is", "−0.5", "−0.4", "−0.2", "−0.1", "0.1", "0.2", "0.4", "0.5");
        assertThat(Pattern.compile("<li class=\"step invalid\">")
                        .matcher(strips.get(0))
                        .results())
                .hasSize(2);
        assertThat(Pattern.compile("not valid").matcher(strips.get(0)).results())
                .hasSize(2);
        assertThat(Pattern.compile("<img src=\"data:image/jpeg;base64,")
                        .matcher(strips.get(0))
                        .results())
                .hasSize(StripPart.MOST_FRAMES);
    }

    @Test
    void aPictureThatCannotBeReadLeavesItsNumbers() {
        EditedImageRow whole = SampleInterventions.frame(
                "hue", "hue", StripCase.TYPICAL, "a.jpg", "cup", 3, 0.5, true, SampleRun.picture(0));
        EditedImageRow broken = new EditedImageRow(
                whole.runId(),
                whole.editor(),
                whole.property(),
                whole.shown(),
                whole.imageId(),
                whole.target(),
                whole.expectedGradient(),
                whole.pValue(),
                whole.step(),
                whole.strength(),
                whole.probability(),
                whole.valid(),
                new byte[] {1, 2, 3});
        StripPart part = new StripPart();

        assertThat(part.drawn(List.of(broken)).get(0).frames())
                .containsExactly(new Page.Frame("0.5", "50.0%", "0.500", false, true, ""));
        assertThat(part.taken()).isZero();
    }

    @Test
    void errorsUnderCorruptionAreToldAgainstTheReferenceAndTheWorstFirst() {
        assertThat(SECTION)
                .contains("<li>mCE 84.3% (95% interval 82.3% to 86.3%, 100 images): how often the model errs under the"
                        + " corruptions, where AlexNet of Hendrycks and Dietterich (2019) is 100%.</li>")
                .contains("<li>Relative mCE 105.2% (95% interval 103.2% to 107.2%, 100 images): how many errors")
                .containsSubsequence(
                        "<caption>Error under each corruption, all images</caption>",
                        "data-group=\"impulse-noise\" data-at=\"74.0\"",
                        "data-group=\"gaussian-noise\" data-at=\"71.0\"",
                        "data-group=\"brightness\" data-at=\"12.0\"",
                        "<span class=\"name\">mCE</span>",
                        "data-group=\"B\" data-at=\"96.0\"",
                        "<span class=\"name\">Relative mCE</span>",
                        "<span class=\"name\">Error under corruption</span> <span class=\"quiet\">15 corruptions</span>");
    }

    /** The row of a ratio without a value is told as a sentence, with the reason where the run knows it, and not as dashes. */
    @Test
    void aRelativeErrorWithoutAValueIsNotReportedAndTheReasonIs() {
        List<GroupMetricRow> rows = List.of(
                SampleRun.metric(CorruptionPart.MCE, GroupMetricRow.WHOLE, "*", 0.9),
                withoutValue(CorruptionPart.RELATIVE_MCE));
        Report known = SampleRun.of(
                Interventions.NONE.with(new Interventions.Remarks("", "Relative mCE is not reported: for a reason")),
                rows);
        Report unknown = SampleRun.of(Interventions.NONE, rows);

        assertThat(section(ReportPages.html(known)))
                .contains("<li>Relative mCE is not reported: for a reason.</li>")
                .doesNotContain("<span class=\"name\">Relative mCE</span>");
        assertThat(ReportPages.markdown(known)).contains("- Relative mCE is not reported: for a reason.\n");
        assertThat(section(ReportPages.html(unknown)))
                .contains(
                        "<li>Relative mCE is not reported: no image has a valid step under every corruption, or the reference"
                                + " errs no more often under one of them than without any.</li>");
    }

    private static GroupMetricRow withoutValue(String metric) {
        return new GroupMetricRow(SampleRun.RUN, metric, "*", "*", 0, 0, null, null, null, 0.95, "none");
    }

    @Test
    void theReaderIsToldOfWhichImagesTheNumbersOfAClassAre() {
        String sentence = "The numbers of a class are of the edited images predicted as it.";
        Report report = SampleRun.of(
                SampleInterventions.interventions().with(new Interventions.Remarks(sentence, "")), List.of());

        assertThat(section(ReportPages.html(report))).contains("does not make it large. " + sentence + "</p>");
        assertThat(ReportPages.markdown(report)).contains("does not make it large. " + sentence + "\n");
        assertThat(SECTION).doesNotContain("The numbers of a class");
    }

    @Test
    void metricsOfCorruptionsAreNotAmongThoseOfTheImagesAsTheyAre() {
        String html = ReportPages.html(SAMPLE);

        assertThat(html.substring(html.indexOf("id=\"groups\""), html.indexOf("id=\"gaps\"")))
                .doesNotContain("mCE", "impulse-noise");
    }

    @Test
    void theTextHasTheTableAndTheSums() {
        assertThat(ReportPages.markdown(SAMPLE))
                .containsSubsequence(
                        "## Interventions",
                        "| stamp: stamp(place=corner,steps=11) | mug | 0.412 (0.398 to 0.427) | 0.388 (0.373 to 0.403) |"
                                + " raises | 20.6% | 512 | &lt; 0.001 | matters |",
                        "| rotation | each image's own class |",
                        "Further properties and classes are in the table `property_effects`.",
                        "### Corruptions",
                        "- mCE 84.3% (95% interval 82.3% to 86.3%, 100 images): how often",
                        "- Relative mCE 105.2%",
                        "## Worst groups");
    }

    @Test
    void aRunWithoutInterventionsHasNoSuchSection() {
        assertThat(ReportPages.html(SampleRun.empty())).doesNotContain("id=\"interventions\"", "Corruptions</h3>");
        assertThat(ReportPages.markdown(SampleRun.empty())).doesNotContain("## Interventions", "### Corruptions");
    }

    @Test
    void corruptionsAloneMakeTheSection() {
        Report report = SampleRun.of(
                Interventions.NONE, List.of(SampleRun.metric(CorruptionPart.MCE, GroupMetricRow.WHOLE, "*", 0.9)));

        assertThat(section(ReportPages.html(report)))
                .contains("<li>mCE 90.0%", "where the reference is 100%")
                .doesNotContain("Expected gradient", "Error under each corruption");
        assertThat(ReportPages.markdown(report)).contains("- mCE 90.0%").doesNotContain("| Property |");
    }

    /** The scripts of the page are five, and none comes from the data. */
    @Test
    void hostileTextsStayText() {
        Report hostile =
                SampleRun.of(SampleInterventions.hostile(HOSTILE), SampleInterventions.corruptions("-" + HOSTILE));
        String html = ReportPages.html(hostile);

        assertThat(html).doesNotContain("<script>alert", "'\"|").contains("&lt;/script&gt;&lt;script&gt;alert(1)");
        assertThat(Pattern.compile("</script>").matcher(html).results())
                .hasSameSizeAs(Pattern.compile("</script>")
                        .matcher(ReportPages.html(SAMPLE))
                        .results()
                        .toList());
        assertThat(ReportPages.markdown(hostile))
                .doesNotContain("<script>", "'\"|")
                .contains("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;'\"\\|");
    }

    @Test
    void longCurvesAndManyGroupsAreCutToWhatAChartCanShow() {
        List<Interventions.Property> one =
                List.of(SampleInterventions.largest().properties().get(0));
        String html = section(
                ReportPages.html(SampleRun.of(new Interventions(9000, "logit", "", one, 0), new ArrayList<>())));

        assertThat(html).contains("how far the logit of the class moves");
        assertThat(Pattern.compile("<tr data-strength=").matcher(html).results())
                .hasSize(5 * InterventionPart.MOST_STEPS);
        assertThat(Pattern.compile("data-group=").matcher(html).results())
                .hasSize(5 * (1 + InterventionPart.MOST_GROUPS));
        assertThat(html).contains("<tr data-strength=\"0.0\">", "<tr data-strength=\"1.0\">");
        // Of the first attribute's groups 0 to 9, of 900 to 909 images.
        assertThat(html).contains("data-group=\"group 4\"").doesNotContain("data-group=\"group 3\"");
    }

    /** A round of the ten properties is of 21 steps and 7 curves each: 1470 points, so that 930 are left, for 7 of a second. */
    @Test
    void everyPropertyHasCurvesBeforeAnyHasMore() {
        String html = section(ReportPages.html(SampleRun.of(SampleInterventions.largest(), List.of())));

        assertThat(Pattern.compile("<div class=\"dose\"").matcher(html).results())
                .hasSize(10);
        assertThat(Pattern.compile("<caption>Expected gradient by ")
                        .matcher(html)
                        .results())
                .hasSize(17);
        assertThat(Pattern.compile("Further curves are in the table")
                        .matcher(html)
                        .results())
                .hasSize(10);
    }

    private static String section(String html) {
        int start = html.indexOf("<h2 id=\"interventions\">");

        return html.substring(start, html.indexOf("<h2 id=\"worst\">", start));
    }

    private static String property(String name) {
        int start = SECTION.indexOf("<summary><span class=\"name\">" + name + "</span>");

        int end = SECTION.indexOf("<details class=\"kind\"", start);

        return SECTION.substring(
                start, SECTION.lastIndexOf("</figure>", end < 0 ? SECTION.length() : end) + "</figure>".length());
    }

    private static List<String> strips(String html) {
        return Pattern.compile("<figure class=\"strip\">.*?</figure>", Pattern.DOTALL)
                .matcher(html)
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
