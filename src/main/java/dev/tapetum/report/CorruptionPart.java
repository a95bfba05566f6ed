package dev.tapetum.report;

import dev.tapetum.fairness.Select;
import dev.tapetum.table.GroupMetricRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Writes what became of errors under the common corruptions: against the reference, under each corruption, in each group. */
final class CorruptionPart {
    static final String MCE = "corruption.mce.mean";
    static final String RELATIVE_MCE = "corruption.relative-mce.mean";
    static final String ERROR = "corruption.error.mean[";

    private final Report report;

    private CorruptionPart(Report report) {
        this.report = report;
    }

    static Page.Corruptions of(Report report, Gaps gaps) {
        CorruptionPart part = new CorruptionPart(report);

        List<String> sentences = part.sentences();

        return new Page.Corruptions(
                sentences,
                sentences.isEmpty() ? List.of() : List.of(ofWhole(List.of(MCE, RELATIVE_MCE))),
                part.overview(),
                MetricPart.corruptions(report, gaps));
    }

    private static String ofWhole(List<String> metrics) {
        return Select.from("group_metrics")
                .in("metric", metrics)
                .is("attribute", GroupMetricRow.WHOLE)
                .by("value DESC")
                .text();
    }

    private List<String> sentences() {
        String named = report.interventions().reference();
        String reference = named.isEmpty() ? "the reference" : named;
        List<String> sentences = new ArrayList<>();
        whole().filter(row -> row.value() != null).forEach(row -> {
            switch (row.metric()) {
                case MCE ->
                    sentences.add("mCE " + told(row) + ": how often the model errs under the corruptions, where "
                            + reference + " is 100%.");
                case RELATIVE_MCE ->
                    sentences.add("Relative mCE " + told(row)
                            + ": how many errors the corruptions add to those on the images as they are, where "
                            + reference + " is 100%.");
                default -> {}
            }
        });

        if (whole().anyMatch(CorruptionPart::isWithheld)) {
            String reason = report.interventions().remarks().relativeError();
            sentences.add(
                    reason.isEmpty()
                            ? "Relative mCE is not reported: no image has a valid step under every corruption, or "
                                    + reference + " errs no more often under one of them than without any."
                            : reason + ".");
        }

        return sentences;
    }

    /** Whether a row is a relative mCE without a value: the reason is told, and there is nothing to tabulate. */
    static boolean isWithheld(GroupMetricRow row) {
        return row.metric().equals(RELATIVE_MCE) && row.value() == null;
    }

    private String told(GroupMetricRow row) {
        MetricName metric = MetricName.of(row.metric());
        double low = Numbers.orNaN(row.ciLow());
        String interval = Double.isFinite(low)
                ? VerdictPart.confidence(report) + " interval " + metric.range(low, Numbers.orNaN(row.ciHigh())) + ", "
                : "";

        return metric.value(Numbers.orNaN(row.value())) + " (" + interval + Numbers.of(row.n(), "image") + ")";
    }

    /** The error under each corruption over all images, the worst first. */
    private List<Page.Block> overview() {
        List<Page.Row> rows = whole().filter(row -> row.metric().startsWith(ERROR))
                .sorted(Comparator.comparingDouble((GroupMetricRow row) -> -Numbers.orNaN(row.value()))
                        .thenComparing(GroupMetricRow::metric))
                .map(row -> {
                    MetricName metric = MetricName.of(row.metric());
                    return MetricPart.row(metric, row, "", metric.subject(), "open");
                })
                .toList();

        return rows.isEmpty()
                ? List.of()
                : List.of(new Page.Block(
                        "corruption.error.mean",
                        "",
                        true,
                        "",
                        0,
                        rows,
                        List.of(),
                        List.of(),
                        0,
                        ofWhole(whole().map(GroupMetricRow::metric)
                                .filter(metric -> metric.startsWith(ERROR))
                                .toList())));
    }

    private Stream<GroupMetricRow> whole() {
        return report.metrics().stream().filter(MetricPart::isWhole);
    }
}
