package dev.tapetum.report;

import dev.tapetum.stats.StatisticsSettings;
import dev.tapetum.table.GapRow;
import dev.tapetum.table.RunRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the ledger and the facts of a run: what went in, what came out, what it cost. */
final class LedgerPart {
    private static final int MOST_GROUPS = 5;

    private LedgerPart() {}

    static Page.Ledger ledger(Report report, Gaps gaps) {
        RunRow run = report.run();
        long missing = run.imagesInput() - run.imagesOk() - run.imagesRejected();
        String balance = Numbers.of(run.imagesInput(), "image") + " = " + Numbers.count(run.imagesOk()) + " scored + "
                + Numbers.count(run.imagesRejected()) + " rejected"
                + (missing == 0 ? "" : " + " + Numbers.count(missing) + " not reached");
        List<Page.Reject> rejects = report.rejects().stream()
                .map(reject -> new Page.Reject(
                        reject.reason(),
                        reject.stage().name().toLowerCase(Locale.ROOT),
                        Numbers.count(reject.images()),
                        Numbers.percent((double) reject.images() / run.imagesInput()),
                        reject.examples().stream()
                                .map(row -> new Page.RejectedImage(row.uri(), row.message()))
                                .toList()))
                .toList();

        return new Page.Ledger(balance, rejects, byGroup(report, gaps), sql(rejects));
    }

    private static List<String> sql(List<Page.Reject> rejects) {
        String balance = "SELECT images_input, images_ok, images_rejected FROM runs";
        String reasons =
                "SELECT reason, stage, count(*) AS images FROM rejects GROUP BY reason, stage ORDER BY images DESC";

        return rejects.isEmpty() ? List.of(balance) : List.of(balance, reasons);
    }

    private static List<String> byGroup(Report report, Gaps gaps) {
        if (report.run().imagesRejected() == 0) {
            return List.of();
        }

        MetricName metric = MetricName.of("reject-rate");
        List<GapRow> tested = gaps.rows().stream()
                .filter(gap -> gap.metric().equals(metric.text()) && Gaps.tested(gap))
                .sorted(Gaps.MOST_TELLING_FIRST)
                .toList();
        List<GapRow> established = tested.stream().filter(gaps::established).toList();
        List<String> sentences = new ArrayList<>();

        for (GapRow gap : established.subList(0, Math.min(MOST_GROUPS, established.size()))) {
            sentences.add("Images of " + gap.attribute() + " = " + gap.group() + " are rejected "
                    + (gap.difference() != null && gap.difference() < 0 ? "less" : "more")
                    + " often than the others: " + metric.difference(Gaps.size(gap)) + " ("
                    + VerdictPart.confidence(report) + " interval of the difference "
                    + metric.differenceRange(Numbers.orNaN(gap.ciLow()), Numbers.orNaN(gap.ciHigh())) + ").");
        }

        if (established.size() > MOST_GROUPS) {
            sentences.add(Numbers.of(established.size() - MOST_GROUPS, "more group")
                    + " differ in how often images are rejected: see the reject rate under Groups.");
        }

        if (sentences.isEmpty() && !tested.isEmpty()) {
            sentences.add("No group was shown to be rejected more or less often than the others.");
        }

        return sentences;
    }

    static List<Page.Fact> facts(Report report) {
        RunRow run = report.run();
        StatisticsSettings statistics = report.statistics();
        List<Page.Fact> facts = new ArrayList<>();
        facts.add(fact("Model", report.model()));
        facts.add(fact("Data set", report.dataset()));
        facts.add(fact("Device", orNone(run.device())));
        facts.add(fact("Started", Numbers.time(run.startedAt())));
        facts.add(fact("Ended", Numbers.time(run.finishedAt())));
        facts.add(fact("Time", time(run)));
        facts.add(fact("Forward evaluations", evaluations(run.forwardAsked(), run.forwardEvaluations())));
        facts.add(fact("Gradient evaluations", evaluations(run.gradientAsked(), run.gradientEvaluations())));
        facts.add(fact(
                "Statistics",
                VerdictPart.confidence(report) + " intervals, " + Numbers.count(statistics.bootstrap())
                        + " bootstrap replicates, false discovery rate "
                        + Numbers.percent(statistics.falseDiscoveryRate()) + ", groups of at least "
                        + Numbers.count(statistics.minGroup())));
        facts.add(digest("SHA-256 of the model", run.modelSha256()));
        facts.add(digest("SHA-256 of the data set", run.datasetSha256()));
        facts.add(digest("SHA-256 of the plan", run.planSha256()));

        return List.copyOf(facts);
    }

    private static Page.Fact fact(String term, String value) {
        return new Page.Fact(term, value, false);
    }

    private static Page.Fact digest(String term, @Nullable String value) {
        return new Page.Fact(term, orNone(value), true);
    }

    private static String time(RunRow run) {
        String duration = Numbers.duration(run.seconds());

        return run.seconds() > 0
                ? duration + ", " + Numbers.digits(run.imagesOk() / run.seconds()) + " images per second"
                : duration;
    }

    private static String evaluations(long asked, long made) {
        if (asked == 0) {
            return "none asked for";
        }

        return Numbers.count(asked) + " asked for, " + Numbers.count(made) + " made, "
                + Numbers.percent((double) (asked - made) / asked) + " saved by sharing";
    }

    private static String orNone(@Nullable String text) {
        return text == null ? Numbers.NONE : text;
    }
}
