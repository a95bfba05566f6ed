package dev.tapetum.report;

import dev.tapetum.fairness.Select;
import dev.tapetum.table.GapRow;
import java.util.Comparator;
import java.util.List;

/** Writes the table of gaps: the established ones first, then the largest of each section. */
final class GapPart {
    private static final int SHOWN_AT_ONCE = 20;
    private static final int MOST_MORE = 600;

    private GapPart() {}

    static Page.Comparisons of(Gaps gaps) {
        Comparator<GapRow> inOrder = Comparator.comparing((GapRow gap) -> !gaps.established(gap))
                .thenComparing(gap -> MetricName.of(gap.metric()).section())
                .thenComparing(Gaps.MOST_TELLING_FIRST);
        List<Page.Comparison> all = gaps.rows().stream()
                .sorted(inOrder)
                .limit(SHOWN_AT_ONCE + MOST_MORE)
                .map(gap -> comparison(gap, gaps))
                .toList();
        int shown = Math.min(SHOWN_AT_ONCE, all.size());

        return new Page.Comparisons(
                summary(gaps),
                all.subList(0, shown),
                all.subList(shown, all.size()),
                gaps.rows().size() - all.size(),
                Select.from("gaps").by("q_value").text());
    }

    private static String summary(Gaps gaps) {
        long tested = gaps.rows().stream().filter(Gaps::tested).count();
        long established = gaps.rows().stream().filter(gaps::established).count();

        return Numbers.of(gaps.rows().size(), "comparison") + ", " + Numbers.count(tested) + " tested, "
                + Numbers.count(established) + " established.";
    }

    private static Page.Comparison comparison(GapRow gap, Gaps gaps) {
        MetricName metric = MetricName.of(gap.metric());
        boolean established = gaps.established(gap);
        boolean better = metric.better(Numbers.orNaN(gap.difference()));
        String verdict = established
                ? "established"
                : gaps.inNoEvidence(gap) ? "not evidence" : Gaps.tested(gap) ? "not established" : "no verdict";

        return new Page.Comparison(
                metric.title(),
                gap.attribute(),
                gap.group(),
                gap.reference(),
                Numbers.count(gap.n()) + " against " + Numbers.count(gap.nReference()),
                metric.difference(Numbers.orNaN(gap.difference())),
                Numbers.hundredths(Numbers.orNaN(gap.ratio())),
                metric.differenceRange(Numbers.orNaN(gap.ciLow()), Numbers.orNaN(gap.ciHigh())),
                Numbers.q(Numbers.orNaN(gap.qValue())),
                metric.difference(Numbers.orNaN(gap.minimumDetectable())),
                verdict,
                established && !better ? Page.Tone.FAIL : Page.Tone.NONE);
    }
}
