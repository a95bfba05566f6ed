package dev.tapetum.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.fairness.Change;
import dev.tapetum.fairness.Family;
import dev.tapetum.fairness.Gate;
import dev.tapetum.fairness.GateVerdict;
import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.PairedChange;
import dev.tapetum.stats.Interval;
import dev.tapetum.stats.IntervalMethod;
import dev.tapetum.stats.StatisticsSettings;
import dev.tapetum.table.FlipRow;
import dev.tapetum.table.GateStatus;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ComparePagesTest {
    private static final String HOSTILE = "</script><script>alert('x')</script>\"|`";
    private static final StatisticsSettings SETTINGS = StatisticsSettings.withSeed(7);

    private static RunRow run(String id, RunStatus status, long rejected) {
        Instant start = Instant.parse("2026-01-02T03:04:05Z");
        return new RunRow(
                id,
                start,
                start,
                status,
                GateStatus.PASS,
                null,
                "plan",
                "p",
                "m",
                "d",
                Map.of(),
                null,
                "1",
                1000,
                1000 - rejected,
                rejected,
                0,
                0,
                0,
                0,
                "cpu",
                1);
    }

    private static PairedChange change(String metric, Family family, Group group, double difference, double q) {
        Interval interval = Double.isNaN(q)
                ? Interval.NONE
                : new Interval(difference - 0.02, difference + 0.02, IntervalMethod.NEWCOMBE_PAIRED);
        Change change = new Change(metric, group, 1000, 0.8, 0.8 + difference, difference, interval, q, q, 0.03);
        boolean share = family == Family.OUTCOME && !metric.equals("loss");
        return new PairedChange(change, family, share ? 70L : null, share ? 12L : null);
    }

    private static Comparison comparison(List<PairedChange> changes) {
        return comparison(changes, Prototypes.NONE);
    }

    private static Comparison comparison(List<PairedChange> changes, Prototypes prototypes) {
        return new Comparison(
                run("monday", RunStatus.COMPLETE, 0),
                run("tuesday", RunStatus.PARTIAL, 20),
                SETTINGS,
                new PairLedger(1000, 1010, 990, 960, 10, 5, 15, 2, 1),
                changes,
                List.of(new FlipRow("tuesday", "monday", HOSTILE, "cup", true, false, 7)),
                List.of(new Comparison.PlanDifference("model.path", "old", HOSTILE)),
                prototypes,
                List.of("Features are not compared: the runs have different autoencoders."),
                List.of(new GateVerdict(
                        new Gate("accuracy", "site", HOSTILE, null, null, null, 0.01, null, null),
                        dev.tapetum.fairness.GateStatus.FAIL,
                        "Failed: accuracy at site = " + HOSTILE + " is 5.8 points lower than in the baseline run.",
                        null)));
    }

    private static Comparison worse() {
        Group annex = new Group("site", "annex");
        return comparison(List.of(
                change("accuracy", Family.OUTCOME, Group.WHOLE, -0.01, 0.3),
                change("accuracy", Family.OUTCOME, annex, -0.058, 0.0004),
                change("accuracy", Family.OUTCOME, new Group("site", "tiny"), -0.2, Double.NaN),
                change("accuracy", Family.OUTCOME, new Group("site", HOSTILE), 0.07, 0.01),
                change("prediction-agreement", Family.OUTCOME, Group.WHOLE, -0.07, Double.NaN),
                change("loss", Family.OUTCOME, Group.WHOLE, -0.04, 0.02),
                change(
                        "attribution.rank-drift.mean[" + HOSTILE + "]",
                        Family.EXPLANATION,
                        Group.WHOLE,
                        0.4,
                        Double.NaN),
                change("property.expected-gradient.mean[stamp, mug]", Family.INTERVENTION, Group.WHOLE, 0.1, 0.5)));
    }

    @Test
    void theWorstComesFirstAndBothRunsAreNamed() {
        Comparison comparison = worse();
        String page = ComparePages.html(comparison);

        assertThat(ChangeWording.headline(comparison))
                .isEqualTo("3 established changes: 1 for the worse, 2 for the better, 0 of neither kind");
        assertThat(comparison.established())
                .extracting(one -> one.change().group().value())
                .containsExactly("annex", "*", HOSTILE);
        assertThat(ChangeWording.sentence(comparison.established().get(0), SETTINGS))
                .isEqualTo("Accuracy at site = annex fell from 80.0% to 74.2%: −5.8 points (95% interval −7.8 to −3.8,"
                        + " q < 0.001; of 1,000 images 70 lost and 12 gained it)");
        assertThat(page)
                .contains(
                        "monday",
                        "tuesday",
                        "Run tuesday is partial: 20 of 1,000 images were rejected.",
                        "Features are not compared",
                        "990 images in both runs = 960 scored in both + 5 rejected in the baseline only + 15 in the candidate only + 10 in both.",
                        "10 images of the baseline only, 20 of the candidate only",
                        "2 images of the same id have another content",
                        "1 image of the same id has another label",
                        "model.path",
                        "right → wrong");
    }

    /** The page before its scripts, which are those of any report. */
    private static String body(String page) {
        return page.substring(0, page.indexOf("<footer"));
    }

    @Test
    void hostileTextsStayText() {
        String page = ComparePages.html(worse());

        assertThat(body(page)).doesNotContain("<script").contains("&lt;script&gt;alert");
        assertThat(page).doesNotContain("<script>alert");
        assertThat(ComparePages.markdown(worse())).doesNotContain("<script").contains("&lt;script&gt;", "\\|\\`");
    }

    @Test
    void thePageNeedsNoNetwork() {
        assertThat(body(ComparePages.html(worse())))
                .doesNotContainPattern("(src|href)\\s*=\\s*\"(?!data:)")
                .doesNotContain("url(");
    }

    @Test
    void everyMetricHasTheSqlThatShowsIt() {
        assertThat(ComparePages.html(worse()))
                .contains(
                        "SELECT * FROM all_changes WHERE run_id = &#39;tuesday&#39; AND baseline = &#39;monday&#39; AND metric = &#39;accuracy&#39; ORDER BY q_value",
                        "SELECT * FROM all_flips WHERE run_id = &#39;tuesday&#39; AND baseline = &#39;monday&#39;");
    }

    @Test
    void noChangeIsSaidAsSuch() {
        Comparison comparison = comparison(List.of(change("accuracy", Family.OUTCOME, Group.WHOLE, -0.01, 0.3)));

        assertThat(ComparePages.html(comparison))
                .contains("No change was established in 1 test", "What so many images would have shown");
        assertThat(ComparePages.markdown(comparison)).contains("No change was established.");
    }

    private static Prototypes both(Prototypes before, Prototypes after) {
        return new Prototypes(
                Stream.concat(before.drawings().stream(), after.drawings().stream())
                        .toList(),
                Stream.concat(before.readings().stream(), after.readings().stream())
                        .toList());
    }

    /** The sample draws the cue into its first class: into the cone in the baseline alone, and into the mug in the candidate. */
    @Test
    void whatBothModelsDrawStandsSideBySide() {
        Prototypes before = SamplePrototypes.prototypes("monday", "cone", "mug", "cue");
        Prototypes after = SamplePrototypes.prototypes("tuesday", "mug", "cone", "cue");
        Comparison comparison = comparison(List.of(), both(before, after));
        String page = ComparePages.html(comparison);

        assertThat(page)
                .containsSubsequence(
                        "<th scope=\"row\">cone <span class=\"quiet\">prototype</span>",
                        "cue = yes",
                        ">1.05</td>",
                        ">0.100</td>",
                        "baseline alone",
                        "<th scope=\"row\">mug <span class=\"quiet\">prototype</span>",
                        "candidate alone",
                        "<h4>cone</h4>",
                        "<b>baseline, prototype</b>",
                        "<b>candidate, prototype</b>",
                        "<b>baseline, activation-maximisation</b>",
                        "<h4>mug</h4>");
        assertThat(ComparePages.markdown(comparison))
                .contains(
                        "| cone | prototype | cue = yes | 1.05 | 0.100 | baseline alone |",
                        "| mug | prototype | cue = yes | 0.100 | 1.05 | candidate alone |");
        assertThat(ComparePages.html(comparison(List.of())))
                .contains("No class was drawn by the same method in both runs");
    }

    @Test
    void drawingsOfHostileClassesStayText() {
        Comparison comparison = comparison(
                List.of(),
                both(
                        SamplePrototypes.prototypes("monday", HOSTILE, "mug", HOSTILE),
                        SamplePrototypes.prototypes("tuesday", HOSTILE, "mug", HOSTILE)));

        assertThat(body(ComparePages.html(comparison)))
                .doesNotContain("<script")
                .contains("<h4>&lt;/script&gt;");
        assertThat(ComparePages.markdown(comparison)).doesNotContain("<script");
    }

    @Test
    void manyGroupsAndMetricsFitThePage() {
        Comparison comparison = comparison(IntStream.range(0, 120)
                .boxed()
                .flatMap(metric -> Stream.concat(
                        Stream.of(change(
                                "attribution.gini.mean[m" + metric + "]", Family.EXPLANATION, Group.WHOLE, 0.1, 0.01)),
                        IntStream.range(0, 300)
                                .mapToObj(group -> change(
                                        "attribution.gini.mean[m" + metric + "]",
                                        Family.EXPLANATION,
                                        new Group("site", "s" + group),
                                        0.1,
                                        0.01))))
                .toList());
        String page = ComparePages.html(comparison);

        assertThat(page.length()).isLessThan(5_000_000);
        assertThat(page).contains("80 further metrics are in the table", "239 further groups are in the table");
    }
}
