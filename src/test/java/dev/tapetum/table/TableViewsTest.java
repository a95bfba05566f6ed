package dev.tapetum.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.SparkExtension;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class TableViewsTest {
    private static final Instant START = Instant.parse("2026-11-21T22:00:00Z");

    private final SparkSession spark;

    @TempDir
    private Path directory;

    TableViewsTest(SparkSession spark) {
        this.spark = spark;
    }

    private String out() {
        return directory.toString();
    }

    private void write(RunRow run) {
        Table.RUNS.write(spark, List.of(run), out(), run.runId());
        GroupMetricRow whole = new GroupMetricRow(
                run.runId(), "accuracy", GroupMetricRow.WHOLE, GroupMetricRow.WHOLE, 3, 3, 0.5, 0.4, 0.6, 0.95, "bca");
        Table.GROUP_METRICS.write(spark, List.of(whole), out(), run.runId());
    }

    private List<String> runsOf(String view) {
        return spark.sql("SELECT run_id FROM " + view + " ORDER BY run_id")
                .as(Encoders.STRING())
                .collectAsList();
    }

    @Test
    void viewsShowTheRunThatStartedLast() {
        write(RunRows.complete("z-old", START));
        write(RunRows.complete("a-new", START.plusSeconds(1)));

        assertThat(TableViews.register(spark, out())).contains("a-new");
        assertThat(runsOf("group_metrics")).containsExactly("a-new");
        assertThat(runsOf("runs")).containsExactly("a-new");
        assertThat(runsOf("all_group_metrics")).containsExactly("a-new", "z-old");
        assertThat(runsOf("all_runs")).containsExactly("a-new", "z-old");
    }

    @Test
    void aRunThatHasTablesGoesBeforeALaterOneThatBrokeOff() {
        write(RunRows.run("good", START, START, RunStatus.PARTIAL, 3, 2, 1));
        write(RunRows.run("broken", START.plusSeconds(1), START, RunStatus.FAILED, 3, 0, 0));
        write(RunRows.run("running", START.plusSeconds(2), null, RunStatus.RUNNING, 3, 0, 0));

        assertThat(TableViews.register(spark, out())).contains("good");
    }

    @Test
    void withoutARunThatEndedTheLatestOfAllIsShown() {
        write(RunRows.run("broken", START, START, RunStatus.FAILED, 3, 0, 0));
        write(RunRows.run("running", START.plusSeconds(2), null, RunStatus.RUNNING, 3, 0, 0));

        assertThat(TableViews.latestRun(spark, out())).contains("running");
    }

    @Test
    void aRunCanBeAskedFor() {
        write(RunRows.complete("old", START));
        write(RunRows.complete("new", START.plusSeconds(1)));
        TableViews.register(spark, out(), "old");

        assertThat(runsOf("group_metrics")).containsExactly("old");
    }

    @Test
    void everyTableHasAnEmptyViewBeforeTheFirstRun() {
        assertThat(TableViews.register(spark, out())).isEmpty();

        for (Table<?> table : Table.all()) {
            assertThat(runsOf(table.name())).isEmpty();
            assertThat(runsOf("all_" + table.name())).isEmpty();
        }
    }
}
