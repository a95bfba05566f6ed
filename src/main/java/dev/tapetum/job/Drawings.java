package dev.tapetum.job;

import static org.apache.spark.sql.functions.max;

import dev.tapetum.config.PlanFile;
import dev.tapetum.table.RecordEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * What was drawn for a run, in {@code prototypes/} of its folder, wave by wave as {@link Waves} does it: drawings first, the
 * ledger's entry second. What has an entry is never drawn again, whatever else is asked for later: a drawing depends on
 * the model, the run's seed and its own {@link DrawUnit.Key}, and on nothing else.
 */
final class Drawings {

    /** As for an audit's waves. */
    private static final int MOST_WAVES = 32;

    private static final String CLASS = "class_index";
    private static final String METHOD = "method";
    private static final String TOGETHER = "together";
    private static final Encoder<DrawnRow> ROWS = RecordEncoder.of(DrawnRow.class);
    private static final Encoder<DrawUnit.Key> KEYS = RecordEncoder.of(DrawUnit.Key.class);

    private final SparkSession spark;
    private final RunFolder folder;
    private final Path home;

    Drawings(SparkSession spark, RunFolder folder) {
        this.spark = spark;
        this.folder = folder;
        this.home = new Path(folder.root(), "prototypes");
    }

    /**
     * Makes ready for a model and a seed: from nothing, or from what is there when that was drawn of the same.
     *
     * @throws dev.tapetum.UserError when there is nothing to resume, or it was drawn of something else
     */
    void prepare(PlanFile file, String modelSha256, boolean resume) {
        Path made = new Path(home, "origin.txt");
        String origin =
                "model = " + modelSha256 + "\nrun.seed = " + file.plan().run().seed() + "\n";
        if (!resume) {
            folder.delete(home);
            folder.write(made, origin.getBytes(StandardCharsets.UTF_8));
            return;
        }

        if (!folder.has(made)) {
            throw file.error(
                    "prototypes",
                    "nothing has been drawn for run '" + folder.runId() + "' in " + folder.out()
                            + " to resume; start without --resume");
        }

        List<String> changed = Origin.changed(folder.read(made), origin);
        if (!changed.isEmpty()) {
            throw file.error(
                    "prototypes",
                    "what has been drawn for run '" + folder.runId() + "' was drawn with another "
                            + String.join(" and another ", changed)
                            + "; put back what was there, or start anew without --resume");
        }
    }

    /**
     * The committed drawings of some units, and of other classes and methods those that are there besides; in a session of the
     * caller's. Of a class and method that were drawn several times, with more seeds together each time, it is the largest set.
     */
    Dataset<DrawnRow> of(SparkSession session, List<DrawUnit> units) {
        List<DrawUnit.Key> keys =
                units.stream().flatMap(unit -> unit.keys().stream()).toList();
        Dataset<Row> wanted = session.createDataset(keys, KEYS).toDF();
        Dataset<Row> committed = committed(session);
        Dataset<Row> besides = committed.join(wanted, new String[] {CLASS, METHOD}, "left_anti");
        Dataset<Row> largest = besides.groupBy(CLASS, METHOD).agg(max(TOGETHER).as(TOGETHER));
        return committed
                .join(wanted, KEYS.schema().fieldNames(), "left_semi")
                .unionByName(besides.join(largest, new String[] {CLASS, METHOD, TOGETHER}, "left_semi"))
                .as(ROWS);
    }

    /** The units of which something is not committed. */
    Set<DrawUnit> missing(List<DrawUnit> units) {
        Set<DrawUnit.Key> there = new HashSet<>(committed(spark)
                .select(CLASS, METHOD, "seed", TOGETHER)
                .as(KEYS)
                .collectAsList());
        Set<DrawUnit> missing = new LinkedHashSet<>(units);
        missing.removeIf(unit -> there.containsAll(unit.keys()));
        return missing;
    }

    private Dataset<Row> committed(SparkSession session) {
        String[] waves = IntStream.range(0, waves()).mapToObj(this::wave).toArray(String[]::new);
        return waves.length == 0
                ? session.emptyDataset(ROWS).toDF()
                : session.read().schema(ROWS.schema()).parquet(waves);
    }

    /**
     * Draws what is missing. Waves are cut from all units, those that are there among them, so that a run which was interrupted
     * between two waves has the very same ones.
     */
    void draw(List<DrawUnit> units, Set<DrawUnit> missing, DrawTask task) {
        int tasks = spark.sparkContext().defaultParallelism();
        int each = perWave(units.size(), tasks, task.source().batch());
        for (int first = 0; first < units.size(); first += each) {
            List<DrawUnit> wave = units.subList(first, Math.min(units.size(), first + each)).stream()
                    .filter(missing::contains)
                    .toList();
            if (!wave.isEmpty()) {
                draw(
                        wave,
                        tasks,
                        task,
                        "Drawing " + (first + 1) + " to " + (first + wave.size()) + " of " + units.size());
            }
        }
    }

    /** As many as fill a batch of every task, and so many that there are few waves. */
    static int perWave(int units, int tasks, int batch) {
        return (int) Math.max((units + MOST_WAVES - 1L) / MOST_WAVES, Math.min(units, (long) tasks * batch));
    }

    private void draw(List<DrawUnit> wave, int tasks, DrawTask task, String description) {
        int number = waves();
        int parts = Math.min(wave.size(), tasks);
        List<List<DrawUnit>> dealt = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int own = part;
            dealt.add(IntStream.range(0, wave.size())
                    .filter(unit -> unit % parts == own)
                    .mapToObj(wave::get)
                    .toList());
        }

        spark.sparkContext().setJobDescription(description);
        spark.createDataset(
                        JavaSparkContext.fromSparkContext(spark.sparkContext())
                                .parallelize(dealt, parts)
                                .flatMap(task)
                                .rdd(),
                        ROWS)
                .write()
                .mode(SaveMode.Overwrite)
                .parquet(wave(number));
        long drawings = wave.stream().mapToLong(unit -> unit.numbers().size()).sum();
        long written = spark.read().schema(ROWS.schema()).parquet(wave(number)).count();
        if (written != drawings) {
            throw new IllegalStateException(
                    "A wave of " + drawings + " drawings has " + written + " rows in " + wave(number));
        }

        folder.write(entry(number), ("drawings = " + drawings + "\n").getBytes(StandardCharsets.UTF_8));
        spark.sparkContext().setJobDescription(null);
    }

    /** How many waves are committed; they are numbered in the order in which they were. */
    private int waves() {
        int waves = 0;
        while (folder.has(entry(waves))) {
            waves++;
        }

        return waves;
    }

    private String wave(int wave) {
        return new Path(home, "wave=" + RunFolder.number(wave)).toString();
    }

    private Path entry(int wave) {
        return new Path(home, "ledger/" + RunFolder.number(wave) + ".conf");
    }
}
