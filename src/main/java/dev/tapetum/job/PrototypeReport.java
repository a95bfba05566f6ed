package dev.tapetum.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import dev.tapetum.report.Prototypes;
import dev.tapetum.table.PrototypeReadingRow;
import dev.tapetum.table.PrototypeRow;
import dev.tapetum.table.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a page tells of the drawings of runs: the numbers of all of them, and pictures of no more classes than it shows. */
final class PrototypeReport {

    private PrototypeReport() {}

    /** Of one run. */
    static Prototypes of(SparkSession spark, String out, String runId) {
        return shown(
                ofRuns(spark, out, Table.PROTOTYPES, runId).toDF(),
                ofRuns(spark, out, Table.PROTOTYPE_READINGS, runId).toDF());
    }

    /**
     * Of two runs what was drawn of the same class by the same method, and which attributes were read in it: features of two models
     * have nothing in common but their numbers.
     */
    static Prototypes inBoth(SparkSession spark, String out, String one, String other) {
        Dataset<Row> drawings = ofRuns(spark, out, Table.PROTOTYPES, one, other).toDF();
        Dataset<Row> inBoth = drawings.groupBy("class_name", "method")
                .agg(countDistinct("run_id").as("runs"))
                .where(col("runs").equalTo(2));
        Dataset<Row> readings = ofRuns(spark, out, Table.PROTOTYPE_READINGS, one, other)
                .where(col("attribute").isNotNull())
                .toDF();
        return shown(
                drawings.join(inBoth, new String[] {"class_name", "method"}, "left_semi"),
                readings.join(inBoth, new String[] {"class_name", "method"}, "left_semi"));
    }

    private static Prototypes shown(Dataset<Row> drawings, Dataset<Row> read) {
        List<PrototypeReadingRow> readings =
                read.as(Table.PROTOTYPE_READINGS.encoder()).collectAsList();
        Map<String, Integer> classes = drawings.groupBy("class_name").agg(min("class_index")).collectAsList().stream()
                .collect(Collectors.toMap(row -> row.getString(0), row -> row.getInt(1)));
        Column isShown =
                col("class_name").isin(Prototypes.shown(classes, readings).toArray());
        List<PrototypeRow> rows = drawings.withColumn(
                        "png", when(isShown, col("png")).otherwise(lit(new byte[0])))
                .as(Table.PROTOTYPES.encoder())
                .collectAsList();
        return new Prototypes(rows, readings);
    }

    private static <R extends Record> Dataset<R> ofRuns(
            SparkSession spark, String out, Table<R> table, Object... runIds) {
        return table.read(spark, out).where(col("run_id").isin(runIds));
    }
}
