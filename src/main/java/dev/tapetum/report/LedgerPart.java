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

        return new Page.Ledger(balance, rejects, byGroup(report, gaps));
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
        List<String> sentences = new ArrayList<>();

        for (GapRow gap : tested) {
            if (gaps.established(gap)) {
                sentences.add("Images of " + gap.attribute() + " = " + gap.group() + " are rejected "
                        + (gap.difference() != null && gap.difference() < 0 ? "less" : "more")
                        + " often than the others: " + metric.difference(Gaps.size(gap)) + " ("
                        + VerdictPart.confidence(report) + " interval of the difference "
                        + metric.differenceRange(Numbers.orNaN(gap.ciLow()), Numbers.orNaN(gap.ciHigh())) + ").");
            }
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
        facts.add(new Page.Fact("Model", report.model()));
        facts.add(new Page.Fact("Data set", report.dataset()));
        facts.add(new Page.Fact("Device", orNone(run.device())));
        facts.add(new Page.Fact("Started", Numbers.time(run.startedAt())));
        facts.add(new Page.Fact("Ended", Numbers.time(run.finishedAt())));
        facts.add(new Page.Fact("Time", time(run)));
        facts.add(new Page.Fact("Forward evaluations", evaluations(run.forwardAsked(), run.forwardEvaluations())));
        facts.add(new Page.Fact("Gradient evaluations", evaluations(run.gradientAsked(), run.gradientEvaluations())));
        facts.add(new Page.Fact(
                "Statistics",
                VerdictPart.confidence(report) + " intervals, " + Numbers.count(statistics.bootstrap())
                        + " bootstrap replicates, false discovery rate "
                        + Numbers.percent(statistics.falseDiscoveryRate()) + ", groups of at least "
                        + Numbers.count(statistics.minGroup())));
        facts.add(new Page.Fact("SHA-256 of the model", orNone(run.modelSha256())));
        facts.add(new Page.Fact("SHA-256 of the data set", orNone(run.datasetSha256())));
        facts.add(new Page.Fact("SHA-256 of the plan", run.planSha256()));

        return List.copyOf(facts);
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
