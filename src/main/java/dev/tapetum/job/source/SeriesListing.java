package dev.tapetum.job.source;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;

import dev.tapetum.intervention.Editor;
import dev.tapetum.intervention.Series;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** The edited images that the user has, gathered by the image that was edited: columns {@code image_id} and {@code series}. */
public final class SeriesListing {
    private static final String KEY = "a series of interventions";

    private SeriesListing() {}

    /**
     * The edited images of all series of a plan; null when it has none.
     *
     * @throws dev.tapetum.UserError when a manifest cannot be read or lacks a column
     */
    public static @Nullable Dataset<Row> of(SparkSession spark, HadoopSettings hadoop, List<Editor> editors) {
        return editors.stream()
                .filter(Series.class::isInstance)
                .map(editor -> rows(spark, hadoop, (Series) editor))
                .reduce(Dataset::unionAll)
                .map(rows -> rows.groupBy("image_id")
                        .agg(sort_array(collect_list("entry")).as("series")))
                .orElse(null);
    }

    private static Dataset<Row> rows(SparkSession spark, HadoopSettings hadoop, Series series) {
        SourceTable table = ManifestListing.table(spark, hadoop, KEY, series.manifest(), series.root());
        Column path = table.text(KEY, "path");
        return table.rows()
                .where(table.text(KEY, "property").equalTo(series.property()))
                .select(
                        table.text(KEY, "image").as("image_id"),
                        struct(
                                        lit(series.manifest()).as("manifest"),
                                        table.text(KEY, "property").as("property"),
                                        lit(series.root()).as("root"),
                                        table.column(KEY, "strength")
                                                .try_cast("double")
                                                .as("strength"),
                                        table.file(path).as("file"))
                                .as("entry"))
                .where(col("image_id").isNotNull())
                .where(abs(col("entry.strength")).lt(Double.POSITIVE_INFINITY))
                .where(col("entry.file").isNotNull());
    }
}
