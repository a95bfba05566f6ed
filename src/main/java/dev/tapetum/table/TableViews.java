package dev.tapetum.table;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;

/**
 * The tables of an output directory as temporary views for SQL: {@code predictions} shows one run, {@code
 * all_predictions} every run, and so for each table, also for those that no run has written yet. A view shows the files
 * of the moment of its registration.
 */
public final class TableViews {
    private TableViews() {}

    /**
     * Registers the views, each named like its table showing the latest run: the one that started last among the
     * complete and partial ones, or among all when there is none of these.
     *
     * @return that run's id, or empty when there is no run, and every view is empty
     */
    public static Optional<String> register(SparkSession spark, String out) {
        Optional<String> latest = latestRun(spark, out);
        register(
                spark,
                out,
                latest.map(col("run_id")::equalTo).orElse(col("run_id").isNull()));
        return latest;
    }

    /** Registers the views, each named like its table showing the given run. */
    public static void register(SparkSession spark, String out, String runId) {
        register(spark, out, col("run_id").equalTo(runId));
    }

    /** The run that views show by default. */
    public static Optional<String> latestRun(SparkSession spark, String out) {
        Column ended = col("status").isin("complete", "partial");
        List<RunRow> latest = Table.RUNS
                .read(spark, out)
                .orderBy(ended.desc(), col("started_at").desc(), col("run_id").desc())
                .takeAsList(1);
        return latest.stream().map(RunRow::runId).findFirst();
    }

    private static void register(SparkSession spark, String out, Column shown) {
        for (Table<?> table : Table.all()) {
            Dataset<?> rows = table.read(spark, out);
            rows.createOrReplaceTempView("all_" + table.name());
            rows.filter(shown).createOrReplaceTempView(table.name());
        }
    }
}
