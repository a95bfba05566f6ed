package dev.tapetum.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.tapetum.report.Prototypes;
import dev.tapetum.table.PrototypeReadingRow;
import dev.tapetum.table.PrototypeRow;
import dev.tapetum.table.Table;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/** What a report tells of the drawings of a run: the numbers of all of them, and pictures of no more classes than it shows. */
final class PrototypeReport {

    private PrototypeReport() {}

    static Prototypes of(SparkSession spark, RunFolder folder) {
        Dataset<PrototypeRow> drawings = ofRun(spark, folder, Table.PROTOTYPES);
        List<PrototypeReadingRow> readings =
                ofRun(spark, folder, Table.PROTOTYPE_READINGS).collectAsList();
        List<Integer> classes =
                drawings.select("class_index").distinct().as(Encoders.INT()).collectAsList();
        Column isShown =
                col("class_index").isin(Prototypes.shown(classes, readings).toArray());
        List<PrototypeRow> rows = drawings.withColumn(
                        "png", when(isShown, col("png")).otherwise(lit(new byte[0])))
                .as(Table.PROTOTYPES.encoder())
                .collectAsList();
        return new Prototypes(rows, readings);
    }

    private static <R extends Record> Dataset<R> ofRun(SparkSession spark, RunFolder folder, Table<R> table) {
        return table.read(spark, folder.out()).where(col("run_id").equalTo(folder.runId()));
    }
}
