package dev.tapetum.job;

import dev.tapetum.job.source.ImageIndex;
import dev.tapetum.job.source.IndexSummary;
import dev.tapetum.job.source.IndexedImage;
import dev.tapetum.table.EvidenceRow;
import dev.tapetum.table.RecordEncoder;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The device work of a run, wave by wave. A wave's evidence is written first and its ledger entry second; a wave with an
 * entry is never computed again, a wave without one is computed from its start, whatever an interrupted attempt left.
 */
final class Waves {

    /** Tasks per slot of a wave: a few, so that a slow task does not hold up the wave, but with full batches. */
    private static final int TASKS_PER_SLOT = 3;

    /** Images that make a task worth starting. */
    private static final int FEWEST_PER_TASK = 64;

    private final SparkSession spark;
    private final RunFolder folder;
    private final ImageIndex index;
    private final Progress progress;
    private final RunListener listener;

    Waves(SparkSession spark, RunFolder folder, ImageIndex index, Progress progress, RunListener listener) {
        this.spark = spark;
        this.folder = folder;
        this.index = index;
        this.progress = progress;
        this.listener = listener;
    }

    /**
     * Computes what is not committed yet.
     *
     * @param committed hears of the sum of all entries, at first and after every wave
     */
    void run(AuditTask task, Consumer<WaveEntry> committed) {
        WaveEntry earlier = committed();
        committed.accept(earlier);
        if (earlier.images() > 0) {
            listener.step(
                    "Resuming: " + earlier.images() + " of " + index.summary().images() + " images are committed");
        }

        long before = earlier.images();
        long rejectedBefore = earlier.rejected();
        long started = System.nanoTime();
        Runnable report = () -> report(before, rejectedBefore, started);
        EverySecond.during(() -> complete(task, earlier, committed), report);
        report.run();
    }

    /** The evidence of a run all of whose waves are committed. */
    static Dataset<Row> evidence(SparkSession spark, RunFolder folder) {
        return read(spark, folder.waves());
    }

    /** The evidence of the images of some shards; the other waves are not looked at. */
    static Dataset<Row> evidence(
            SparkSession spark, RunFolder folder, IndexSummary listed, Collection<Integer> shards) {
        String[] waves = shards.stream()
                .map(listed::wave)
                .distinct()
                .sorted()
                .map(folder::wave)
                .toArray(String[]::new);
        return read(spark, waves).where(functions.col("shard").isin(shards.toArray()));
    }

    private WaveEntry complete(AuditTask task, WaveEntry earlier, Consumer<WaveEntry> committed) {
        WaveEntry total = earlier;
        for (int wave = 0; wave < index.summary().waves(); wave++) {
            if (!folder.has(folder.entry(wave))) {
                total = total.plus(compute(wave, task));
                committed.accept(total);
            }
        }

        return total;
    }

    private WaveEntry committed() {
        WaveEntry total = WaveEntry.none();
        for (int wave = 0; wave < index.summary().waves(); wave++) {
            if (folder.has(folder.entry(wave))) {
                String entry = folder.read(folder.entry(wave));
                total = total.plus(WaveEntry.parse(entry, folder.entry(wave).toString()));
            }
        }

        return total;
    }

    private WaveEntry compute(int wave, AuditTask task) {
        long started = System.nanoTime();
        spark.sparkContext()
                .setJobDescription(
                        "Wave " + (wave + 1) + " of " + index.summary().waves());
        Dataset<IndexedImage> images = index.wave(wave);
        images.repartition(tasks(), functions.col("image.image_id"))
                .mapPartitions(task, RecordEncoder.of(EvidenceRow.class))
                .write()
                .mode(SaveMode.Overwrite)
                .parquet(folder.wave(wave));
        WaveEntry entry = WaveEntry.of(
                wave,
                read(spark, folder.wave(wave)),
                (System.nanoTime() - started) / 1e9,
                Instant.now().toString());
        requireAll(entry, images.count());
        folder.write(folder.entry(wave), entry.render());
        spark.sparkContext().setJobDescription(null);
        return entry;
    }

    /** The ledger holds by this check and not by hope: every image of the wave has one row, scored or rejected. */
    private static void requireAll(WaveEntry entry, long listed) {
        if (entry.images() != listed || entry.ok() + entry.rejected() != listed) {
            throw new IllegalStateException(
                    "Wave " + entry.wave() + " lists " + listed + " images, but its evidence has " + entry.ok()
                            + " ok + " + entry.rejected() + " rejected in " + entry.images() + " rows");
        }
    }

    private static Dataset<Row> read(SparkSession spark, String... waves) {
        return spark.read().schema(RecordEncoder.of(EvidenceRow.class).schema()).parquet(waves);
    }

    private int tasks() {
        long worthwhile = Math.max(1, index.summary().images() / index.summary().waves() / FEWEST_PER_TASK);
        return (int) Math.min(worthwhile, (long) spark.sparkContext().defaultParallelism() * TASKS_PER_SLOT);
    }

    private void report(long before, long rejectedBefore, long started) {
        Progress.Count count = progress.count();
        double seconds = (System.nanoTime() - started) / 1e9;
        listener.progress(
                before + count.images(),
                rejectedBefore + count.rejects(),
                index.summary().images(),
                count.images() / seconds);
    }
}
