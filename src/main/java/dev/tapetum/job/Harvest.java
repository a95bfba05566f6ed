package dev.tapetum.job;

import dev.tapetum.job.source.ImageIndex;
import dev.tapetum.job.source.IndexedImage;
import dev.tapetum.table.RecordEncoder;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * The activations of all images but the held-out ones, wave by wave, as {@link Waves} does it: activations first, the ledger's entry
 * second, and what has an entry is never computed again.
 *
 * <p>There is one file per shard, its rows in the order of image ids: neither depends on partitions or on the size of a cluster, and
 * so neither does the order in which training sees them.
 */
final class Harvest {

    private static final Column SHARD = functions.col("shard");
    private static final Column IMAGE_ID = functions.col("image_id");
    private static final Column ACTIVATION = functions.col("activation");

    private final SparkSession spark;
    private final SaeFolder folder;
    private final ImageIndex index;
    private final HeldOut heldOut;
    private final RunListener listener;

    /** @param heldOut which images are left out */
    Harvest(SparkSession spark, SaeFolder folder, ImageIndex index, HeldOut heldOut, RunListener listener) {
        this.spark = spark;
        this.folder = folder;
        this.index = index;
        this.heldOut = heldOut;
        this.listener = listener;
    }

    /** Harvests what is not committed yet; the sum of all entries. */
    HarvestEntry run(HarvestTask task, Progress progress) {
        HarvestEntry earlier = committed();
        long before = earlier.ok() + earlier.rejected();
        long rejectedBefore = earlier.rejected();
        long wanted = withoutHeldOut(index.images()).count();
        long started = System.nanoTime();
        Runnable report = () -> {
            Progress.Count count = progress.count();
            double seconds = (System.nanoTime() - started) / 1e9;
            listener.progress(
                    before + count.images(), rejectedBefore + count.rejects(), wanted, count.images() / seconds);
        };
        HarvestEntry total = EverySecond.during(() -> complete(task, earlier), report);

        long done = total.ok() + total.rejected();
        listener.progress(done, total.rejected(), done, (done - before) * 1e9 / (System.nanoTime() - started));
        return total;
    }

    /** How many images were rejected for each reason. */
    Map<String, Long> rejects() {
        Map<String, Long> rejects = new TreeMap<>();
        for (int wave = 0; wave < index.summary().waves(); wave++) {
            read(wave)
                    .where("reject IS NOT NULL")
                    .groupBy("reject.reason")
                    .count()
                    .collectAsList()
                    .forEach(row -> rejects.merge(row.getString(0), row.getLong(1), Long::sum));
        }

        return rejects;
    }

    private HarvestEntry complete(HarvestTask task, HarvestEntry earlier) {
        HarvestEntry total = earlier;
        for (int wave = 0; wave < index.summary().waves(); wave++) {
            if (!folder.has(folder.entry(wave))) {
                total = total.plus(compute(wave, task));
            }
        }

        return total;
    }

    private HarvestEntry committed() {
        HarvestEntry total = HarvestEntry.NONE;
        for (int wave = 0; wave < index.summary().waves(); wave++) {
            if (folder.has(folder.entry(wave))) {
                total = total.plus(HarvestEntry.parse(
                        folder.read(folder.entry(wave)), folder.entry(wave).toString()));
            }
        }

        if (total.listed() > 0) {
            listener.step("Resuming: " + total.listed() + " of "
                    + index.summary().images() + " images are harvested or held out");
        }

        return total;
    }

    private HarvestEntry compute(int wave, HarvestTask task) {
        spark.sparkContext()
                .setJobDescription(
                        "Harvest, wave " + (wave + 1) + " of " + index.summary().waves());
        Dataset<IndexedImage> images = index.wave(wave);
        harvested(withoutHeldOut(images), task, index.summary().waveShards())
                .write()
                .mode(SaveMode.Overwrite)
                .partitionBy("shard")
                .parquet(folder.wave(wave));
        long listed = images.count();
        HarvestEntry entry =
                entry(read(wave), listed, listed - withoutHeldOut(images).count());
        folder.write(folder.entry(wave), entry.render());
        spark.sparkContext().setJobDescription(null);
        return entry;
    }

    private Dataset<IndexedImage> withoutHeldOut(Dataset<IndexedImage> images) {
        HeldOut kept = heldOut;
        FilterFunction<IndexedImage> isHarvested =
                image -> !kept.has(image.image().imageId());
        return images.filter(isHarvested);
    }

    /**
     * The rows of some images, by shard and image id within each partition; no shard is in two partitions.
     *
     * @param tasks at most; the rows do not depend on it
     */
    static Dataset<Row> harvested(Dataset<IndexedImage> images, HarvestTask task, int tasks) {
        return images.repartition(tasks, SHARD)
                .sortWithinPartitions(SHARD, functions.col("image.image_id"))
                .mapPartitions(task, RecordEncoder.of(HarvestRow.class))
                .select(
                        SHARD,
                        IMAGE_ID,
                        ACTIVATION.getField("positions").as("positions"),
                        ACTIVATION.getField("width").as("width"),
                        ACTIVATION.getField("encoding").as("encoding"),
                        ACTIVATION.getField("values").as("values"),
                        functions.col("reject"))
                .sortWithinPartitions(SHARD, IMAGE_ID);
    }

    private static HarvestEntry entry(Dataset<Row> rows, long listed, long heldOut) {
        Column tokens =
                functions.when(functions.col("positions").isNotNull(), functions.size(functions.col("positions")));
        Row sums = rows.agg(
                        functions.count("positions"),
                        functions.count("reject"),
                        functions.coalesce(functions.sum(tokens), functions.lit(0L)))
                .head();
        return new HarvestEntry(listed, heldOut, sums.getLong(0), sums.getLong(1), sums.getLong(2));
    }

    private Dataset<Row> read(int wave) {
        StructType reject = (StructType)
                RecordEncoder.of(HarvestRow.class).schema().apply("reject").dataType();
        StructType columns = new StructType()
                .add("shard", "int")
                .add("positions", "array<int>")
                .add("reject", reject);
        return spark.read().schema(columns).parquet(folder.wave(wave));
    }
}
