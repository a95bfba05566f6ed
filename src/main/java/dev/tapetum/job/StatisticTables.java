package dev.tapetum.job;

import dev.tapetum.fairness.Gap;
import dev.tapetum.fairness.GroupMetric;
import dev.tapetum.fairness.GroupStatistics;
import dev.tapetum.table.GapRow;
import dev.tapetum.table.GroupMetricRow;
import dev.tapetum.table.Table;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Group statistics as rows; a number that does not exist becomes null. */
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
                Gap.REFERENCE,
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

    private static @Nullable Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
