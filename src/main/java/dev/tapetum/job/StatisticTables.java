package dev.tapetum.job;

import dev.tapetum.fairness.Change;
import dev.tapetum.fairness.Gap;
import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.GroupMetric;
import dev.tapetum.fairness.GroupStatistics;
import dev.tapetum.fairness.Metric;
import dev.tapetum.fairness.PropertyEffect;
import dev.tapetum.intervention.Editor;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.stats.Interval;
import dev.tapetum.stats.IntervalMethod;
import dev.tapetum.stats.MinimumDetectable;
import dev.tapetum.stats.StatisticsSettings;
import dev.tapetum.table.ChangeRow;
import dev.tapetum.table.GapRow;
import dev.tapetum.table.GroupMetricRow;
import dev.tapetum.table.PropertyEffectRow;
import dev.tapetum.table.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Group statistics as rows and back; a number that does not exist is null in a row. */
final class StatisticTables {

    private StatisticTables() {}

    static void write(SparkSession spark, GroupStatistics statistics, String out, String runId) {
        Table.GROUP_METRICS.write(
                spark,
                statistics.metrics().stream().map(metric -> row(metric, runId)).toList(),
                out,
                runId);
        Table.GAPS.write(
                spark, statistics.gaps().stream().map(gap -> row(gap, runId)).toList(), out, runId);
    }

    /** @param editor the one that the effect is of */
    static PropertyEffectRow row(PropertyEffect effect, Editor editor, double minEffect, String runId) {
        return new PropertyEffectRow(
                runId,
                CanonicalText.of((Record) editor),
                editor.property(),
                effect.target(),
                effect.group().attribute(),
                effect.group().value(),
                effect.n(),
                effect.clusters(),
                number(effect.expected()),
                number(effect.expectedInterval().low()),
                number(effect.expectedInterval().high()),
                number(effect.signed()),
                number(effect.signedInterval().low()),
                number(effect.signedInterval().high()),
                number(effect.flipRate()),
                minEffect,
                number(effect.pValue()),
                number(effect.qValue()));
    }

    private static GroupMetricRow row(GroupMetric metric, String runId) {
        return new GroupMetricRow(
                runId,
                metric.metric().name(),
                metric.group().attribute(),
                metric.group().value(),
                metric.n(),
                metric.clusters(),
                number(metric.value()),
                number(metric.interval().low()),
                number(metric.interval().high()),
                metric.confidence(),
                metric.interval().method().text());
    }

    private static GapRow row(Gap gap, String runId) {
        return new GapRow(
                runId,
                gap.metric().name(),
                gap.group().attribute(),
                gap.group().value(),
                gap.reference(),
                gap.n(),
                gap.referenceN(),
                number(gap.difference()),
                number(gap.ratio()),
                number(gap.interval().low()),
                number(gap.interval().high()),
                number(gap.pValue()),
                number(gap.qValue()),
                number(gap.minimumDetectable()));
    }

    /**
     * The gaps that rows tell of, as findings and verdicts need them. The group's value is that of its own row, and the
     * effect follows from the smallest detectable difference: both equal the numbers of the run up to rounding.
     *
     * @param metrics the rows of the groups, of the same run
     */
    static List<Gap> gaps(List<GapRow> gaps, List<GroupMetricRow> metrics, StatisticsSettings settings) {
        Map<Key, Double> values = new HashMap<>();
        metrics.forEach(row -> values.put(new Key(row.metric(), row.attribute(), row.group()), orNaN(row.value())));
        return gaps.stream()
                .map(row -> gap(
                        row,
                        values.getOrDefault(new Key(row.metric(), row.attribute(), row.group()), Double.NaN),
                        settings))
                .toList();
    }

    /** The metrics that rows tell of: the numbers of the run, with intervals whose making is not recorded. */
    static List<GroupMetric> metrics(List<GroupMetricRow> rows) {
        return rows.stream()
                .map(row -> new GroupMetric(
                        Metric.named(row.metric()),
                        new Group(row.attribute(), row.group()),
                        row.n(),
                        row.clusters(),
                        orNaN(row.value()),
                        interval(row.ciLow(), row.ciHigh()),
                        row.confidence()))
                .toList();
    }

    static Interval interval(@Nullable Double low, @Nullable Double high) {
        return low == null || high == null ? Interval.NONE : new Interval(low, high, IntervalMethod.UNRECORDED);
    }

    private static Gap gap(GapRow row, double value, StatisticsSettings settings) {
        double difference = orNaN(row.difference());
        double minimumDetectable = orNaN(row.minimumDetectable());
        double deviation =
                MinimumDetectable.deviation(minimumDetectable, row.n(), row.nReference(), settings.confidence());
        return new Gap(
                Metric.named(row.metric()),
                new Group(row.attribute(), row.group()),
                row.reference(),
                row.n(),
                row.nReference(),
                value,
                value - difference,
                difference,
                orNaN(row.ratio()),
                interval(row.ciLow(), row.ciHigh()),
                orNaN(row.pValue()),
                orNaN(row.qValue()),
                minimumDetectable,
                deviation > 0 ? difference / deviation : Double.NaN);
    }

    private record Key(String metric, String attribute, String group) {}

    /** A row of a comparison as the rules of a gate judge it. */
    static Change change(ChangeRow row) {
        return new Change(
                row.metric(),
                new Group(row.attribute(), row.group()),
                row.n(),
                orNaN(row.before()),
                orNaN(row.after()),
                orNaN(row.difference()),
                interval(row.ciLow(), row.ciHigh()),
                orNaN(row.pValue()),
                orNaN(row.qValue()),
                orNaN(row.minimumDetectable()));
    }

    static double orNaN(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    static @Nullable Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
