package dev.tapetum.job.source;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import dev.tapetum.intervention.Editor;
import dev.tapetum.intervention.Series;
import dev.tapetum.table.RecordEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The edited images that the user has, as the manifests of a plan's series list them.
 *
 * @param series of the plan, each once
 * @param rows lazily, one per edited image: {@code image_id} of the image that was edited, and {@code entry}, a {@link
 *     SeriesImage}; with nulls where the manifest has nothing usable
 */
public record SeriesListing(List<Series> series, Dataset<Row> rows) {
    private static final String KEY = "a series of interventions";

    /**
     * How a series goes together with a run's images.
     *
     * @param rows of the manifest with the series' property
     * @param usable those with an image, a strength that is a number, and a path
     * @param matched those of the usable ones whose image is one of the run
     * @param example the image that one of the rows names; null where none names any
     */
    public record Match(
            Series series,
            long rows,
            long usable,
            long matched,
            @Nullable String example) {}

    public SeriesListing {
        series = List.copyOf(series);
    }

    /**
     * The edited images of all series of a plan; null when it has none.
     *
     * @throws dev.tapetum.UserError when a manifest cannot be read or lacks a column
     */
    public static @Nullable SeriesListing of(SparkSession spark, HadoopSettings hadoop, List<Editor> editors) {
        List<Series> series = editors.stream()
                .filter(Series.class::isInstance)
                .map(Series.class::cast)
                .distinct()
                .toList();
        return series.stream()
                .map(each -> rows(spark, hadoop, each))
                .reduce(Dataset::unionAll)
                .map(rows -> new SeriesListing(series, rows))
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
                                .as("entry"));
    }

    /** What is usable of the rows, gathered by the image that was edited: columns {@code image_id} and {@code series}. */
    Dataset<Row> byImage() {
        return rows.where(usable())
                .groupBy("image_id")
                .agg(sort_array(collect_list("entry")).as("series"));
    }

    private static Column usable() {
        return col("image_id")
                .isNotNull()
                .and(abs(col("entry.strength")).lt(Double.POSITIVE_INFINITY))
                .and(col("entry.file").isNotNull());
    }

    /**
     * A digest of what each manifest lists for the plan's series, by its path as the plan names it. It depends neither on the
     * order of the rows nor on those of other properties; like {@link DatasetDigest} it says which files are named, and
     * nothing of what is in them.
     *
     * @throws UserError when a manifest cannot be read
     */
    public Map<String, String> sha256() {
        MapPartitionsFunction<String, DatasetDigest> adding = texts -> {
            DatasetDigest digest = DatasetDigest.EMPTY;
            while (texts.hasNext()) {
                digest = digest.plus(texts.next());
            }

            return List.of(digest).iterator();
        };
        Map<String, String> digests = new TreeMap<>();
        series.stream().map(Series::manifest).distinct().forEach(manifest -> {
            // One row per partition, however many images.
            DatasetDigest digest = collected(
                            rows.where(usable().and(col("entry.manifest").equalTo(manifest)))
                                    .select(to_json(struct(col("image_id"), col("entry"))))
                                    .as(Encoders.STRING())
                                    .mapPartitions(adding, RecordEncoder.of(DatasetDigest.class)))
                    .stream()
                    .reduce(DatasetDigest.EMPTY, DatasetDigest::plus);
            digests.put(manifest, digest.hex());
        });

        return digests;
    }

    /**
     * How each series goes together with the images, in the order of the series.
     *
     * @param images with a column {@code image_id}
     * @throws UserError when a manifest cannot be read
     */
    public List<Match> matches(Dataset<?> images) {
        Dataset<Row> listed = images.select("image_id").distinct().withColumn("listed", lit(true));
        Map<Series, Match> matches = new HashMap<>();
        collected(rows.join(listed, new String[] {"image_id"}, "left")
                        .groupBy("entry.manifest", "entry.property", "entry.root")
                        .agg(
                                count(lit(1)),
                                count(when(usable(), 1)),
                                count(when(usable().and(col("listed")), 1)),
                                min("image_id")))
                .forEach(row -> {
                    Series of = new Series(row.getString(0), row.getString(1), row.getString(2));
                    matches.put(of, new Match(of, row.getLong(3), row.getLong(4), row.getLong(5), row.getString(6)));
                });

        return series.stream()
                .map(each -> matches.getOrDefault(each, new Match(each, 0, 0, 0, null)))
                .toList();
    }

    private static <R> List<R> collected(Dataset<R> rows) {
        try {
            return rows.collectAsList();
        } catch (Exception e) {
            // Spark's exceptions are checked ones that no method declares.
            throw Causes.ofJob(e);
        }
    }
}
