package dev.tapetum.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.fairness.Gate;
import dev.tapetum.fairness.GateStatus;
import dev.tapetum.fairness.GateVerdict;
import dev.tapetum.fairness.TrustLimits;
import dev.tapetum.table.GapRow;
import dev.tapetum.table.GroupMetricRow;
import dev.tapetum.table.RejectStage;
import dev.tapetum.table.RunStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ReportPagesTest {
    private static final String HOSTILE = "\"><script>alert('1')</script>|";
    private static final Report SAMPLE = SampleRun.report();
    private static final String HTML = ReportPages.html(SAMPLE);
    private static final String MARKDOWN = ReportPages.markdown(SAMPLE);

    @Test
    void thePageStartsWithTheVerdictAndEndsWithThePlan() {
        assertThat(headings(HTML))
                .containsSubsequence(
                        "The gate failed: 1 of 2 rules broken",
                        "What was established",
                        "Looked at and found harmless",
                        "Too few images for a verdict",
                        "Ledger",
                        "The run",
                        "Groups",
                        "Accuracy, confidence and calibration",
                        "Rates of each class",
                        "Rejected images",
                        "Attributions",
                        "Gaps",
                        "Explanations",
                        "What was measured",
                        "Which methods agree with which?",
                        "Stability by explained class",
                        "Ordinary images",
                        "Interventions",
                        "How the class answers",
                        "Corruptions",
                        "Features",
                        "Worst groups in pictures",
                        "The plan");
    }

    @Test
    void thePageSaysWhatWasPlanted() {
        String text = withoutScripts(HTML);
        assertThat(text).contains("Accuracy at site = B is ", " points lower than elsewhere (95% interval ");
        assertThat(text).contains("No difference in accuracy among the groups of vendor was established; one of ");
        assertThat(text).contains("site = E (13 images)");
    }

    @Test
    void theLicencesOfTheScriptsTravelWithThem() throws IOException {
        String notice = Files.readString(Path.of("NOTICE"));

        assertThat(notice).doesNotContain("--").contains("University of Washington Interactive Data Lab", "AS IS");
        assertThat(HTML).containsOnlyOnce(notice);
        // The jar has what the build put into this folder.
        assertThat(Path.of("target/classes/META-INF/NOTICE")).hasContent(notice);
    }

    @Test
    void groupsSayHowTheirImagesWereChosen() {
        assertThat(HTML).contains("<p>Accuracy at site = B is lower. Its images of the highest loss.</p>");
        assertThat(MARKDOWN).contains("Accuracy at site = B is lower. Its images of the highest loss.");
    }

    @Test
    void anImageThatCannotBeDrawnIsToldInWords() {
        ImageExample drawn = SampleRun.example("lost.jpg", "bowl", 0.93, 5);
        Report report = new Report(
                SAMPLE.run(),
                SAMPLE.dataset(),
                SAMPLE.model(),
                SAMPLE.statistics(),
                SAMPLE.gate(),
                SAMPLE.findings(),
                SAMPLE.metrics(),
                SAMPLE.gaps(),
                SAMPLE.rejects(),
                List.of(new GroupExamples(
                        "site",
                        "B",
                        "it is worse",
                        "Its only one.",
                        List.of(new ImageExample(drawn.prediction(), null, drawn.attributions())))),
                Explanations.NONE,
                Interventions.NONE,
                Features.NONE,
                Slices.NONE,
                Prototypes.NONE);

        assertThat(withoutScripts(ReportPages.html(report)))
                .contains("<code>lost.jpg</code>")
                .doesNotContain("<img", "class=\"ramp");
    }

    @Test
    void thePageNeedsNoNetwork() {
        assertThat(withoutScripts(HTML))
                .doesNotContainPattern("(src|href)\\s*=\\s*\"(?!data:|#)")
                .doesNotContain("url(");
        assertThat(HTML).contains("Content-Security-Policy\" content=\"default-src 'none'");
    }

    @Test
    void tablesCarryEveryNumberOfTheCharts() {
        GroupMetricRow row = SAMPLE.metrics().stream()
                .filter(metric ->
                        metric.metric().equals("accuracy") && metric.group().equals("B"))
                .findFirst()
                .orElseThrow();
        double value = Numbers.orNaN(row.value());

        assertThat(HTML)
                .contains("data-group=\"B\" data-at=\"" + 100 * value + "\"")
                .contains(">" + Numbers.percent(value) + "</td>");
    }

    @Test
    void everyExampleStandsBesideItsMaps() {
        assertThat(HTML)
                .contains("alt=\"Image site-b/000.jpg, labelled cup\"")
                .contains("alt=\"Heat map of saliency() over image site-b/000.jpg\"")
                .contains("with confidence 97.0%");
        assertThat(Pattern.compile("<figure class=\"example\".*?</figure>", Pattern.DOTALL)
                        .matcher(HTML)
                        .results()
                        .flatMap(example -> Pattern.compile("<img ")
                                .matcher(example.group())
                                .results()))
                .hasSize(6 * 5);
    }

    @Test
    void theSameReportGivesTheSamePage() {
        assertThat(ReportPages.html(SampleRun.report())).isEqualTo(HTML);
    }

    @Test
    void hostileNamesStayText() {
        Report report = new Report(
                SampleRun.run(10, 1),
                HOSTILE,
                HOSTILE,
                SampleRun.SETTINGS,
                List.of(new GateVerdict(new Gate("accuracy", HOSTILE, 0.1), GateStatus.UNDECIDED, HOSTILE, null)),
                List.of(),
                List.of(
                        SampleRun.metric("accuracy", HOSTILE, HOSTILE, 0.5),
                        SampleRun.metric("selection-rate[" + HOSTILE + "]", HOSTILE, HOSTILE, 0.5)),
                List.of(SampleRun.gap("accuracy", HOSTILE, HOSTILE, -0.2, null)),
                List.of(new RejectCount(
                        RejectStage.READ, HOSTILE, 1, List.of(SampleRun.reject(HOSTILE, HOSTILE, HOSTILE)))),
                List.of(new GroupExamples(
                        HOSTILE, HOSTILE, HOSTILE, HOSTILE, List.of(SampleRun.example(HOSTILE, HOSTILE, 0.5, 0)))),
                SampleRun.hostile(HOSTILE),
                SampleInterventions.hostile(HOSTILE),
                Features.NONE,
                Slices.NONE,
                Prototypes.NONE);

        assertThat(ReportPages.html(report)).doesNotContain("<script>alert").contains("&lt;script&gt;alert");
        assertThat(ReportPages.markdown(report))
                .doesNotContain("<script>")
                .contains("\"&gt;&lt;script&gt;alert('1')&lt;/script&gt;\\|");
    }

    @Test
    void aRunWithoutImagesHasAReport() {
        String html = ReportPages.html(SampleRun.empty());

        assertThat(html)
                .contains("No image was scored, so that there is nothing to judge.")
                .contains("0 images = 0 scored + 0 rejected")
                .contains("There are no metrics, because no image was scored.")
                .contains("There were no two groups to compare.");
        assertThat(ReportPages.markdown(SampleRun.empty())).contains("No image was scored");
    }

    @Test
    void aPlanWithoutAGateHasNoVerdict() {
        assertThat(headings(ReportPages.html(SampleRun.empty()))).contains("No gate: the plan sets no limits");
    }

    @Test
    void aRunThatDidNotEndWellSaysSoFirst() {
        assertThat(ReportPages.html(SampleRun.with(
                        SampleRun.run(RunStatus.FAILED, "The disk is full.", 10, 0), List.of(), List.of())))
                .contains("The run failed</h1>", "The run ended by an error: The disk is full.");
        assertThat(ReportPages.html(
                        SampleRun.with(SampleRun.run(RunStatus.PARTIAL, null, 10, 4), List.of(), List.of())))
                .contains("The run is partial: more images were rejected than the plan allows");
        assertThat(ReportPages.html(
                        SampleRun.with(SampleRun.run(RunStatus.RUNNING, null, 10, 4), List.of(), List.of())))
                .contains("The run has not ended</h1>");
    }

    @Test
    void numbersThatDoNotExistAreDashesAndHaveNoMark() {
        Report report = SampleRun.with(
                SampleRun.run(10, 0),
                List.of(
                        SampleRun.metric("accuracy", "*", "*", null),
                        SampleRun.metric("accuracy", "site", "A", Double.NaN)),
                List.of());

        assertThat(ReportPages.html(report))
                .contains("<tr class=\"whole\" data-attribute=\"\" data-group=\"all images\">")
                .contains("<tr class=\"open\" data-attribute=\"site\" data-group=\"A\">")
                .contains("data-label=\"Value\">–</td>");
        assertThat(ReportPages.markdown(report)).contains("| site = A | 100 | – | – |  |");
    }

    @Test
    void manyGroupsAreFoldedAndTheMostTellingShown() {
        List<GroupMetricRow> metrics = new ArrayList<>();
        List<GapRow> gaps = new ArrayList<>();

        for (int i = 0; i < 400; i++) {
            metrics.add(SampleRun.metric("accuracy", "site", "s" + i, 0.5));
            gaps.add(SampleRun.gap("accuracy", "site", "s" + i, -0.1, i == 399 ? 0.001 : 0.5));
        }

        Report report = SampleRun.with(SampleRun.run(40_000, 0), metrics, gaps);
        String html = ReportPages.html(report);
        String first = html.substring(html.indexOf("class=\"block\""), html.indexOf("Show all groups"));

        assertThat(first).contains("data-group=\"s399\"");
        assertThat(Pattern.compile("data-group=").matcher(first).results()).hasSize(MetricPart.SHOWN_AT_ONCE);
        assertThat(html)
                .contains("Show all groups (" + MetricPart.MOST_MORE + " more)")
                .contains("76 further groups are in the table <code>group_metrics</code>");
        assertThat(ReportPages.markdown(report)).contains("376 further groups are in the table");
    }

    @Test
    void aDifferenceOnTheBetterSideIsNotHeldAgainstTheGroup() {
        Report report = SampleRun.with(
                SampleRun.run(400, 0),
                List.of(SampleRun.metric("accuracy", "site", "A", 0.9)),
                List.of(SampleRun.gap("accuracy", "site", "A", 0.2, 0.001)));

        assertThat(ReportPages.html(report))
                .contains("<tr class=\"better\" data-attribute=\"site\"")
                .contains("<tr class=\"none\"><th scope=\"row\">Accuracy</th>");
    }

    @Test
    void theTextTellsTheSameInTheSameOrder() {
        assertThat(MARKDOWN)
                .startsWith("# Tapetum: The gate failed: 1 of 2 rules broken\n")
                .containsSubsequence(
                        "## What was established",
                        "1. Accuracy at site = B",
                        "2. Accuracy at cue = tag",
                        "- No difference in accuracy among the groups of vendor was established",
                        "- site = E (13 images)",
                        "## Ledger",
                        "2,000 images = 1,988 scored + 12 rejected",
                        "| truncated | decode | 9 | 0.4% | photos/site-b/0412.jpg: ",
                        "## The run",
                        "### Accuracy",
                        "| all images | 1,988 | ",
                        "## Gaps",
                        "### site = B",
                        "- site-b/000.jpg: label cup, predicted mug with confidence 97.0%",
                        "    dataset {\n      manifest = \"photos/manifest.csv\"");
    }

    @Test
    void aMethodThatIsNotEvidenceIsMarkedAndItsDifferencesAreLeftOut() {
        String text = withoutScripts(HTML);

        assertThat(text)
                .contains(
                        "<p class=\"note\">grad-cam is not evidence: its maps stay as they are when the model is randomised:"
                                + " rank correlation 0.83 (0.83 to 0.83), the limit is 0.5; 1 established difference of its"
                                + " maps is left out.</p>",
                        "<tr><th scope=\"row\">grad-cam</th><td data-label=\"Verdict\" class=\"verdict-of fail\"><b>not"
                                + " evidence</b></td>",
                        "<tr><th scope=\"row\">occlusion</th><td data-label=\"Verdict\" class=\"verdict-of pass\"><b>passed</b></td>",
                        "<span>grad-cam <b class=\"mark\">not evidence</b></span>",
                        "<td data-label=\"Verdict\">not evidence</td>")
                .doesNotContain("<span>occlusion <b");
        assertThat(text.substring(text.indexOf("What was established"), text.indexOf("id=\"ledger\""))
                        .replaceAll("(?s)<details class=\"sql\">.*?</details>", ""))
                .contains("Mean mask share of saliency()")
                .doesNotContain("grad-cam");
    }

    @Test
    void theLimitsAreThoseOfThePlan() {
        String text = withoutScripts(ReportPages.html(SampleRun.report(new TrustLimits(0.2, 0.1, false))));

        assertThat(text)
                .contains("<span>grad-cam <b", "<span>occlusion <b", "the limit is 0.2.")
                .doesNotContain("<span>saliency <b");
    }

    @Test
    void measuresStandUnderWhatTheyAreAboutAndSayWhichWayIsBetter() {
        String text = withoutScripts(HTML);

        assertThat(text)
                .contains(
                        "<th scope=\"colgroup\" colspan=\"1\">Stable under random change</th>"
                                + "<th scope=\"colgroup\" colspan=\"1\">Stable under attack</th>",
                        "Top-k<br><i>higher is better</i><br>n = 1,988</th>",
                        "Top-k under attack<br><i>higher is better</i><br>n = 1,988</th>",
                        "Deletion<br><i>lower is better</i>",
                        "<b>–</b></div>")
                .doesNotContain("Other</th>", "Infidelity");
    }

    @Test
    void eachTwoMethodsAreHeldAgainstEachOther() {
        assertThat(HTML)
                .contains("Agreement of each two methods, mean over 1,988 images")
                .contains(
                        "<td class=\"n\" style=\"--shade: 0.00\">−0.04</td>",
                        "<td class=\"n\" style=\"--shade: 0.20\">0.20</td>");
        assertThat(MARKDOWN).contains("| saliency() | – | 0.20 | 0.40 | −0.04 |");
    }

    @Test
    void stabilityIsToldByClassAndFolded() {
        String text = HTML.substring(HTML.indexOf("Stability by explained class"), HTML.indexOf("Ordinary images"));

        assertThat(text).contains("<details><summary><span class=\"name\">Top-k under attack</span>");
        assertThat(text).contains("<tr><th scope=\"row\">vase</th>").doesNotContain("Deletion");
        assertThat(HTML).doesNotContain("data-attribute=\"target\"");
    }

    @Test
    void ordinaryImagesAreShownWithoutAnyFinding() {
        String text = HTML.substring(HTML.indexOf("Ordinary images"), HTML.indexOf("Worst groups in pictures"));

        assertThat(text)
                .contains("The image in the middle.", "alt=\"Heat map of saliency() over image site-c/400.jpg\"");
        assertThat(MARKDOWN)
                .containsSubsequence("### Ordinary images", "- site-c/400.jpg: label cup", "## Worst groups");
    }

    @Test
    void aRunWithoutMethodsSaysSo() {
        assertThat(ReportPages.html(SampleRun.empty())).contains("<p>The plan asked for no explanations.</p>");
        assertThat(ReportPages.markdown(SampleRun.empty())).contains("The plan asked for no explanations.");
    }

    /** Pictures of noise are the largest there are. */
    @Test
    void picturesFitThePage() {
        List<ImageExample> noisy = new ArrayList<>();

        for (int i = 0; i < 40; i++) {
            noisy.add(SampleRun.noisy("noise-" + i, i));
        }

        Report report = new Report(
                SAMPLE.run(),
                SAMPLE.dataset(),
                SAMPLE.model(),
                SAMPLE.statistics(),
                SAMPLE.gate(),
                SAMPLE.findings(),
                SAMPLE.metrics(),
                SAMPLE.gaps(),
                SAMPLE.rejects(),
                List.of(new GroupExamples("site", "B", "it is worse", "Many.", noisy)),
                SAMPLE.explanations(),
                SampleInterventions.largest(),
                Features.NONE,
                Slices.NONE,
                Prototypes.NONE);
        String html = ReportPages.html(report);

        assertThat(html.length()).isBetween(2_000_000, 5_000_000);
        assertThat(html)
                .contains("alt=\"Image noise-0, labelled", "<code>noise-39</code>")
                .doesNotContain("alt=\"Image noise-39");
    }

    /** 60 groups of an attribute, 100 classes, 10 methods: some 90,000 rows, of which the page has a share of each kind. */
    @Test
    void aPageIsNoLargerForManyGroupsClassesAndMethods() {
        List<GroupMetricRow> metrics = new ArrayList<>();
        List<GapRow> gaps = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of("accuracy", "confidence", "reject-rate"));

        for (int c = 0; c < 100; c++) {
            for (String rate : List.of("selection-rate", "true-positive-rate", "false-positive-rate", "precision")) {
                names.add(rate + "[class " + c + "]");
            }
        }

        for (int m = 0; m < 10; m++) {
            for (String measure : List.of("gini", "mask-share", "entropy", "positive-share", "centre-x")) {
                names.add("attribution." + measure + ".mean[method-" + m + "]");
            }
        }

        for (String name : names) {
            metrics.add(SampleRun.metric(name, "*", "*", 0.123456789));

            for (int g = 0; g < 200; g++) {
                String attribute = g < 60 ? "site" : "site × tag";
                String group = g < 60 ? "site " + g : "site " + g + " × yes";
                metrics.add(SampleRun.metric(name, attribute, group, 0.123456789 + g / 1000.0));
                gaps.add(SampleRun.gap(name, attribute, group, -0.1, g == 7 ? 0.001 : 0.5));
            }
        }

        for (int c = 0; c < 100; c++) {
            metrics.add(SampleRun.metric("demographic-parity-difference[class " + c + "]", "site", "*", 0.1));
        }

        String html = ReportPages.html(SampleRun.with(SampleRun.run(90_000_000, 0), metrics, gaps));

        assertThat(html.getBytes(StandardCharsets.UTF_8).length).isLessThan(3_000_000);
        assertThat(html)
                .containsPattern("[0-9]+ further classes are in the table <code>group_metrics</code>")
                .containsPattern("[0-9]+ further comparisons are in the table <code>gaps</code>");
    }

    @Test
    void whatIsSaidOverAllGroupsStandsByItself() {
        Report report = SampleRun.with(
                SampleRun.run(400, 0),
                List.of(
                        SampleRun.metric("demographic-parity-difference[cup]", "site", "*", 0.1),
                        SampleRun.metric("demographic-parity-difference[mug]", "site", "*", 0.3)),
                List.of());
        String html = ReportPages.html(report);
        String over = html.substring(html.indexOf("Fairness over groups"), html.indexOf("<h2 id=\"gaps\">"));

        // The class on which groups are least alike comes first, the other one is folded.
        assertThat(over)
                .containsSubsequence("data-label=\"Class\">mug<", "The other classes (1)", "data-label=\"Class\">cup<")
                .contains("attribute = &#39;site&#39; AND `group` = &#39;*&#39;");
        assertThat(html).doesNotContain("data-group=\"*\"");
    }

    private static List<String> headings(String html) {
        Matcher heading = Pattern.compile("<h[123][^>]*>([^<]*)</h").matcher(withoutScripts(html));

        return heading.results().map(found -> found.group(1)).toList();
    }

    private static String withoutScripts(String html) {
        return html.replaceAll("(?s)<script.*?</script>", "");
    }
}
