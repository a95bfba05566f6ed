package dev.tapetum.job.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import dev.tapetum.UserError;
import dev.tapetum.config.DatasetSettings;
import dev.tapetum.config.Source;
import dev.tapetum.image.RejectReason;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Image files that a table lists: CSV with a header (UTF-8, {@code ""} for a quote within quotes), the same with tabs as
 * {@code .tsv}, or Parquet; one file or a folder of them.
 *
 * <p>A row of a CSV with more or fewer fields than its header, or without a path, is an image that cannot be found: it
 * is rejected and so is counted. A field cannot contain a line break: an unclosed quote would swallow what follows it. Blank
 * lines are no rows. The image's id is the column {@code image-id}; where it is empty, or the table has no column
 * {@code path} of the default's name, it is the file's path as the table has it.
 */
final class ManifestListing {
    /** Where Spark's CSV reader puts a row that it cannot divide. */
    private static final String MALFORMED = SourceTable.OWN + "malformed";

    private static final List<String> TEXT = List.of(".csv", ".tsv", ".csv.gz", ".tsv.gz", ".csv.bz2", ".tsv.bz2");

    private static final String KEY = "dataset.manifest";

    private ManifestListing() {}

    static Listing of(SparkSession spark, HadoopSettings hadoop, Source.ManifestFiles source, DatasetSettings dataset) {
        String manifest = source.manifest();
        return new Listing(
                listed(table(spark, hadoop, KEY, manifest, source.root()), source, dataset, hadoop.qualified(manifest)),
                manifest,
                false,
                dataset);
    }

    /**
     * A table of files.
     *
     * @param key where the plan names it, for errors
     * @param root where its relative paths start; its own folder for null or nothing
     */
    static SourceTable table(
            SparkSession spark, HadoopSettings hadoop, String key, String manifest, @Nullable String root) {
        FileSystem files = hadoop.fileSystem(manifest);
        String qualified = hadoop.qualified(manifest);
        String example = example(files, key, manifest);
        boolean text = TEXT.stream().anyMatch(example::endsWith);

        if (!text && !example.endsWith(".parquet")) {
            throw new UserError(key + " names " + manifest
                    + ", which is neither CSV (.csv, .tsv) nor Parquet (.parquet) by its name");
        }

        Dataset<Row> rows = text
                ? csv(spark, key, manifest, qualified, example.contains(".tsv"))
                : parquet(spark, manifest, qualified);
        String folder = root == null || root.isEmpty()
                ? qualified.substring(0, qualified.lastIndexOf('/'))
                : hadoop.qualified(root);

        return new SourceTable(rows, manifest, folder);
    }

    private static Dataset<ListedImage> listed(
            SourceTable table, Source.ManifestFiles source, DatasetSettings dataset, String manifest) {
        Column path = table.text("dataset.path", source.pathColumn());
        boolean ownId = !dataset.imageId().equals("path") || table.has("path");
        Column id = ownId ? table.text("dataset.image-id", dataset.imageId()) : path;
        Column reject = SourceTable.rejectWhen(
                path.isNull(),
                RejectReason.BAD_ENTRY,
                lit("The manifest's row names no file"),
                SourceTable.none("struct<stage:string,reason:string,message:string>"));

        if (table.has(MALFORMED)) {
            Column row = table.column("", MALFORMED);
            int fields = table.rows().columns().length - 1;
            Column message = concat(
                    lit("The manifest's row does not have the header's " + fields + " fields: "),
                    substring(row, 0, 200));
            reject = SourceTable.rejectWhen(row.isNotNull(), RejectReason.BAD_ENTRY, message, reject);
        }

        return table.listed(
                dataset,
                coalesce(id, path, lit(manifest.substring(manifest.lastIndexOf('/') + 1) + "#")),
                coalesce(table.path(path), lit(manifest)),
                when(reject.isNull(), table.file(path)),
                SourceTable.none("binary"),
                reject);
    }

    private static Dataset<Row> csv(SparkSession spark, String key, String manifest, String qualified, boolean tabs) {
        DataFrameReader reader = spark.read()
                .option("header", true)
                .option("sep", tabs ? "\t" : ",")
                .option("escape", "\"")
                .option("encoding", "UTF-8")
                .option("enforceSchema", false)
                .option("mode", "PERMISSIVE")
                .option("columnNameOfCorruptRecord", MALFORMED);
        StructType header = rows(manifest, () -> reader.csv(qualified)).schema();

        if (header.isEmpty()) {
            throw new UserError(key + " names " + manifest + ", which is empty: it needs a header");
        }

        StructType schema = header.add(MALFORMED, DataTypes.StringType);
        return rows(manifest, () -> reader.schema(schema).csv(qualified));
    }

    private static Dataset<Row> parquet(SparkSession spark, String manifest, String qualified) {
        return rows(manifest, () -> spark.read().parquet(qualified));
    }

    /** A table as Spark opens it, its complaint about the place or format turned into the user's language. */
    static Dataset<Row> rows(String location, java.util.concurrent.Callable<Dataset<Row>> read) {
        try {
            return read.call();
        } catch (AnalysisException e) {
            throw new UserError("Table " + location + " cannot be read: " + Causes.sentence(e), e);
        } catch (Exception e) {
            throw new UserError("Table " + location + " is damaged: " + Causes.sentence(Causes.root(e)), e);
        }
    }

    /** The name, in lower case, of the table's file, or of a file in its folder. */
    private static String example(FileSystem files, String key, String manifest) {
        Path path = new Path(manifest);

        try {
            if (files.getFileStatus(path).isDirectory()) {
                RemoteIterator<FileStatus> content = files.listStatusIterator(path);

                while (content.hasNext()) {
                    String name = content.next().getPath().getName();

                    if (!name.startsWith("_") && !name.startsWith(".")) {
                        return name.toLowerCase(Locale.ROOT);
                    }
                }

                throw new UserError(key + " names " + manifest + ", an empty folder");
            }

            return path.getName().toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            throw new UserError(
                    key + " names " + manifest + ", which does not exist or cannot be read: " + Causes.sentence(e), e);
        }
    }
}
