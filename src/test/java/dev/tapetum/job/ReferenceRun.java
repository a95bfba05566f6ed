package dev.tapetum.job;

import dev.tapetum.config.Plan;
import dev.tapetum.config.PlanFile;
import dev.tapetum.table.GateStatus;
import dev.tapetum.table.GroupMetricRow;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.RunStatus;
import dev.tapetum.table.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Tables of runs that nobody made: what their plans were, and statistics of all their images. */
final class ReferenceRun {

    private ReferenceRun() {}

    /**
     * Writes a run as it stands in the tables.
     *
     * @param out where to, whatever the plan says
     * @param values by metric; null for a row without a value
     */
    static void write(SparkSession spark, String out, PlanFile file, Map<String, @Nullable Double> values) {
        Plan plan = file.plan();
        String runId = String.valueOf(plan.run().id());
        write(spark, out, runId, plan.canonical(), values);
    }

    static void write(SparkSession spark, String out, String runId, String plan, Map<String, @Nullable Double> values) {
        Table.RUNS.write(spark, List.of(run(runId, plan)), out, runId);
        Table.GROUP_METRICS.write(
                spark,
                values.entrySet().stream()
                        .map(entry -> metric(runId, entry.getKey(), entry.getValue()))
                        .toList(),
                out,
                runId);
    }

    private static GroupMetricRow metric(String runId, String name, @Nullable Double value) {
        return new GroupMetricRow(
                runId,
                name,
                GroupMetricRow.WHOLE,
                GroupMetricRow.WHOLE,
                value == null ? 0 : 40,
                value == null ? 0 : 40,
                value,
                null,
                null,
                0.95,
                "none");
    }

    private static RunRow run(String runId, String plan) {
        Instant start = Instant.parse("2026-01-02T03:04:05Z");
        return new RunRow(
                runId,
                start,
                start.plusSeconds(60),
                RunStatus.COMPLETE,
                GateStatus.NONE,
                null,
                plan,
                "digest",
                "digest",
                "digest",
                Map.of(),
                null,
                "1",
                40,
                40,
                0,
                0,
                0,
                0,
                0,
                "cpu",
                60);
    }
}
