package dev.tapetum.report;

import dev.tapetum.fairness.MethodMeasure;
import dev.tapetum.stats.StatisticsSettings;
import dev.tapetum.table.GapRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The gaps of a run, asked by name: which were tested, and which of those are established. A difference in maps that are no
 * evidence establishes nothing, whatever its q.
 */
final class Gaps {
    /** Established ones first, by q; then by the size of the difference; those without a difference last. */
    static final Comparator<GapRow> MOST_TELLING_FIRST = Comparator.comparingDouble(
                    (GapRow gap) -> gap.qValue() == null ? Double.POSITIVE_INFINITY : gap.qValue())
            .thenComparing(Comparator.comparingDouble(Gaps::size).reversed())
            .thenComparing(GapRow::metric)
            .thenComparing(GapRow::attribute)
            .thenComparing(GapRow::group);

    private record Key(String metric, String attribute, String group) {}

    private final List<GapRow> rows;
    private final Map<Key, GapRow> byKey = new HashMap<>();
    private final double falseDiscoveryRate;
    private final Set<String> noEvidence = new HashSet<>();

    Gaps(List<GapRow> rows, StatisticsSettings settings, Explanations explanations) {
        this.rows = rows;
        explanations
                .established()
                .leftOut()
                .forEach(left -> noEvidence.add(left.trust().method()));
        falseDiscoveryRate = settings.falseDiscoveryRate();
        rows.forEach(row -> byKey.put(new Key(row.metric(), row.attribute(), row.group()), row));
    }

    List<GapRow> rows() {
        return rows;
    }

    /** The gap of a metric and group; null when there is none, as for the only group of its attribute. */
    @Nullable
    GapRow find(String metric, String attribute, String group) {
        return byKey.get(new Key(metric, attribute, group));
    }

    /** The gaps by attribute, both in the order of the table. */
    Map<String, List<GapRow>> byAttribute() {
        Map<String, List<GapRow>> grouped = new LinkedHashMap<>();
        rows.forEach(row -> grouped.computeIfAbsent(row.attribute(), attribute -> new ArrayList<>())
                .add(row));

        return grouped;
    }

    boolean established(GapRow gap) {
        return improbable(gap) && !noEvidence.contains(method(gap));
    }

    /** Whether the gap would be established if the maps that it is about were evidence. */
    boolean inNoEvidence(GapRow gap) {
        return improbable(gap) && noEvidence.contains(method(gap));
    }

    private boolean improbable(GapRow gap) {
        return gap.qValue() != null && gap.qValue() <= falseDiscoveryRate;
    }

    /** The method that the gap is about; empty for a gap that is not about explanations. */
    private static String method(GapRow gap) {
        MethodMeasure measure = MethodMeasure.named(gap.metric());

        return measure == null ? "" : measure.method();
    }

    static boolean tested(GapRow gap) {
        return gap.pValue() != null && !gap.pValue().isNaN();
    }

    /** The size of the difference; −1 for none. */
    static double size(GapRow gap) {
        double difference = Numbers.orNaN(gap.difference());

        return Double.isNaN(difference) ? -1 : Math.abs(difference);
    }
}
