package dev.tapetum.job.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tapetum.UserError;
import dev.tapetum.config.DatasetSettings;
import dev.tapetum.job.source.IndexSummary.AttributeSummary;
import dev.tapetum.table.RecordEncoder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The images of one run, listed once, made unique, cut into shards and waves, and written down, so that a run that is
 * resumed goes on with the very same images.
 *
 * <p>An image's shard is its id's hash modulo the number of shards, which is the number of images divided by the images
 * per shard: it does not depend on partitions or order. A wave is a range of shards with a folder of its own; reading a
 * wave touches nothing else. Images of a Parquet table are in the index with their bytes, which makes it as large as the
 * table; all others are a few hundred bytes each.
 */
public final class ImageIndex {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUMMARY = "index.json";
    private static final String IMAGES = "images";
    private static final String WAVE = "wave";
    private static final int TASKS_PER_CORE = 4;
    private static final Encoder<IndexedImage> ROWS = RecordEncoder.of(IndexedImage.class);

    private final SparkSession spark;
    private final String directory;
    private final IndexSummary summary;

    private ImageIndex(SparkSession spark, String directory, IndexSummary summary) {
        this.spark = spark;
        this.directory = directory;
        this.summary = summary;
    }

    /** Of a dataset of which the user has no edited images. */
    static ImageIndex write(Listing listing, HadoopSettings hadoop, String directory, IndexSettings settings) {
        return write(listing, hadoop, directory, settings, null);
    }

    /**
     * Lists the images and writes the index, over whatever an earlier attempt has left.
     *
     * @param directory a folder of the index alone, on a file system that driver and executors share
     * @param series the edited images that the user has; null for none
     * @throws UserError when there is no image, an attribute has no value anywhere, or a task finds the dataset wrong
     */
    public static ImageIndex write(
            Listing listing,
            HadoopSettings hadoop,
            String directory,
            IndexSettings settings,
            @Nullable SeriesListing series) {
        String home = hadoop.qualified(directory);
        FileSystem files = hadoop.fileSystem(home);
        String scratch = home + "/scratch";

        try {
            files.delete(new Path(home), true);
            Dataset<Row> all = withKeys(listing, scratch + "/listing");

            refuseEmpty(listing, all.isEmpty());

            Dataset<Row> unique = UniqueIds.of(all, scratch + "/repeated");
            Dataset<Row> chosen = SampleDraw.of(unique, listing.dataset().sample(), settings.seed());
            IndexSummary summary = summary(chosen, settings);
            refuseNothing(listing, summary);
            writeWaves(chosen, home, summary, series);
            files.delete(new Path(scratch), true);
            writeSummary(files, home, summary);
            return new ImageIndex(all.sparkSession(), home, summary);
        } catch (Exception e) {
            // Spark's exceptions are checked ones that no method declares.
            throw Causes.ofJob(e);
        }
    }

    /** Whether a directory has an index that was written to its end. */
    public static boolean isComplete(HadoopSettings hadoop, String directory) {
        try {
            return hadoop.fileSystem(directory).exists(new Path(directory, SUMMARY));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * An index that was written before.
     *
     * @throws UserError when there is none, or its writing was interrupted
     */
    public static ImageIndex open(SparkSession spark, HadoopSettings hadoop, String directory) {
        String home = hadoop.qualified(directory);

        try (InputStream in = hadoop.fileSystem(home).open(new Path(home, SUMMARY))) {
            return new ImageIndex(OwnSession.of(spark), home, JSON.readValue(in, IndexSummary.class));
        } catch (FileNotFoundException e) {
            throw new UserError("There is no complete list of images in " + directory + ": start the run anew", e);
        } catch (IOException e) {
            throw new UserError("The list of images in " + directory + " cannot be read: " + Causes.sentence(e), e);
        }
    }

    /** What is known of all images together. */
    public IndexSummary summary() {
        return summary;
    }

    /** All images. */
    public Dataset<IndexedImage> images() {
        return spark.read()
                .schema(ROWS.schema())
                .parquet(directory + "/" + IMAGES)
                .as(ROWS);
    }

    /**
     * The images of some shards; the waves that have none of them are not looked at.
     *
     * @param shards each from 0, below {@link IndexSummary#shards}
     */
    public Dataset<IndexedImage> shards(Collection<Integer> shards) {
        return shards.stream()
                .map(summary::wave)
                .distinct()
                .sorted()
                .map(this::wave)
                .reduce(spark.emptyDataset(ROWS), Dataset::union)
                .where(col("shard").isin(shards.toArray()));
    }

    /**
     * The images of one wave, in the order of shards and ids within each file. Spark splits them by the bytes of their
     * rows, which are few: deal them out by {@code repartition} before any work is done on them.
     *
     * @param wave from 0, below {@link IndexSummary#waves}
     */
    public Dataset<IndexedImage> wave(int wave) {
        if (wave < 0 || wave >= summary.waves()) {
            throw new IllegalArgumentException("No wave " + wave + " of " + summary.waves());
        }

        Path folder = new Path(directory + "/" + IMAGES + "/" + WAVE + "=" + wave);

        try {
            // Of few images, a wave may have got none.
            return folder.getFileSystem(spark.sparkContext().hadoopConfiguration())
                            .exists(folder)
                    ? spark.read()
                            .schema(ROWS.schema())
                            .parquet(folder.toString())
                            .as(ROWS)
                    : spark.emptyDataset(ROWS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The listing with a key per row: the uri where it is one, else the row's number in a copy that is written first,
     * since listing folders again takes as long again and may find something else.
     */
    private static Dataset<Row> withKeys(Listing listing, String scratch) {
        Dataset<Row> images = listing.images().toDF();

        if (listing.cheap()) {
            return images.withColumn("row", col("uri"));
        }

        images.withColumn("row", monotonically_increasing_id().cast("string"))
                .write()
                .parquet(scratch);
        return images.sparkSession().read().parquet(scratch);
    }

    static IndexSummary summary(Dataset<Row> images, IndexSettings settings) {
        MapPartitionsFunction<ListedImage, ListingCounts> counting =
                listed -> List.of(ListingCounts.of(listed)).iterator();
        // One row per partition, however many images.
        ListingCounts counts = images
                .withColumn("content", lit(null).cast("binary"))
                .withColumn("mask_content", lit(null).cast("binary"))
                .as(RecordEncoder.of(ListedImage.class))
                .mapPartitions(counting, RecordEncoder.of(ListingCounts.class))
                .collectAsList()
                .stream()
                .reduce(ListingCounts.NONE, ListingCounts::plus);
        long number = counts.digest().images();
        Map<String, AttributeSummary> attributes = new TreeMap<>();
        images.select(explode(col("attributes")))
                .groupBy("key", "value")
                .agg(count(lit(1)).as("rows"))
                .groupBy("key")
                .agg(sum("rows"), count(lit(1)))
                .collectAsList()
                .forEach(row -> attributes.put(row.getString(0), new AttributeSummary(row.getLong(1), row.getLong(2))));

        return new IndexSummary(
                number,
                counts.rejected(),
                counts.labelled(),
                attributes,
                settings.shards(number),
                settings.waveShards(number),
                counts.digest().hex());
    }

    static void refuseEmpty(Listing listing, boolean empty) {
        if (empty) {
            throw new UserError("There is no image in " + listing.origin());
        }
    }

    /** What the plan asks about must be there: a misspelt name would otherwise be a group without images in the morning. */
    static void refuseNothing(Listing listing, IndexSummary summary) {
        DatasetSettings dataset = listing.dataset();

        if (dataset.sample() != null && summary.images() == 0) {
            throw new UserError("dataset.sample of " + dataset.sample().text() + " draws none of the images in "
                    + listing.origin() + ": take more");
        }

        if (dataset.label() != null && summary.labelled() == 0) {
            throw new UserError("dataset.label is '" + dataset.label() + "', of which no image in " + listing.origin()
                    + " has a value");
        }

        for (String name : dataset.attributes()) {
            if (!summary.attributes().containsKey(name)) {
                throw new UserError("dataset.attributes names '" + name + "', of which no image in " + listing.origin()
                        + " has a value");
            }
        }
    }

    private static void writeWaves(
            Dataset<Row> images, String home, IndexSummary summary, @Nullable SeriesListing series) {
        Column[] columns = Stream.of(ROWS.schema().apply("image").dataType())
                .flatMap(type -> Stream.of(((StructType) type).fieldNames()))
                .map(functions::col)
                .toArray(Column[]::new);
        Column shard =
                pmod(xxhash64(col("image_id")), lit((long) summary.shards())).cast("int");
        int tasks = Math.min(
                summary.shards(),
                TASKS_PER_CORE * images.sparkSession().sparkContext().defaultParallelism());

        Column none = array().cast(ROWS.schema().apply("series").dataType());
        Dataset<Row> complete = series == null
                ? images.withColumn("series", none)
                : images.join(series.byImage(), new String[] {"image_id"}, "left")
                        .withColumn("series", coalesce(col("series"), none));
        complete.select(shard.as("shard"), struct(columns).as("image"), col("series"))
                .withColumn(
                        WAVE, floor(col("shard").divide(summary.waveShards())).cast("int"))
                .repartition(tasks, col("shard"))
                .sortWithinPartitions(col(WAVE), col("shard"), col("image.image_id"))
                .write()
                .partitionBy(WAVE)
                .parquet(home + "/" + IMAGES);
    }

    /** Under another name first: a file that is there is complete. */
    private static void writeSummary(FileSystem files, String home, IndexSummary summary) throws IOException {
        Path unfinished = new Path(home, "_" + SUMMARY);

        try (OutputStream out = files.create(unfinished, true)) {
            out.write(JSON.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(summary)
                    .getBytes(UTF_8));
        }

        if (!files.rename(unfinished, new Path(home, SUMMARY))) {
            throw new IOException("Cannot rename " + unfinished);
        }
    }
}
