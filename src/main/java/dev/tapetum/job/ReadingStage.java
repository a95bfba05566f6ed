package dev.tapetum.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.trim;

import dev.tapetum.config.Plan;
import dev.tapetum.job.source.ImageIndex;
import dev.tapetum.model.ModelCard;
import dev.tapetum.prototype.reading.Directions;
import dev.tapetum.prototype.reading.Drawing;
import dev.tapetum.prototype.reading.FeatureCounts;
import dev.tapetum.prototype.reading.HeldOutImage;
import dev.tapetum.prototype.reading.ReadAttribute;
import dev.tapetum.prototype.reading.ReadProperties;
import dev.tapetum.prototype.reading.Reading;
import dev.tapetum.prototype.reading.Readings;
import dev.tapetum.prototype.reading.Sites;
import dev.tapetum.stats.StatisticsSettings;
import dev.tapetum.table.PrototypeReadingRow;
import dev.tapetum.table.RecordEncoder;
import dev.tapetum.table.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * From the drawings of a run to what is drawn into its classes: the directions of properties from the images that make the classes' paths,
 * how well held-out images follow them, and where the drawings lie. Three passes over pictures; the driver sees directions and
 * numbers, and no picture.
 *
 * @param plan of the prototypes
 * @param features the autoencoder; null to look for none of its features
 * @param tasks over how many tasks classes are dealt; the rows do not depend on it
 */
record ReadingStage(
        Plan plan,
        RunFolder folder,
        ModelCard card,
        TokenSource images,
        @Nullable FeatureSource features,
        int tasks,
        RunListener listener) {

    /** Of all directions together: a quarter of a gigabyte. */
    private static final long MOST_NUMBERS = 32_000_000;

    private static final Encoder<ReadImage> IMAGES = RecordEncoder.of(ReadImage.class);
    private static final Column CLASS = col("class_index");

    /**
     * Writes the table and adds to the findings of the run.
     *
     * @param index the run's images
     * @param chosen which of them speak for the classes, by {@link PathImages}, in a session of the index's
     * @param drawn the drawings, in the same session
     */
    void write(ImageIndex index, Dataset<Row> chosen, Dataset<DrawnRow> drawn, Progress.Counters counters) {
        SparkSession session = chosen.sparkSession();
        List<PrototypeReadingRow> rows = rows(index, chosen, drawn, counters);
        Table.PROTOTYPE_READINGS.write(session, rows, folder.out(), folder.runId());
        new PrototypeFindings(session, plan, folder).write(rows);
    }

    /** How many images it looks at. */
    long images(Dataset<Row> chosen) {
        return plan.dataset().attributes().isEmpty() && features == null
                ? 0
                : chosen.where(col("side").isin(Side.MEAN.turn(), Side.HELD_OUT.turn()))
                        .count();
    }

    List<PrototypeReadingRow> rows(
            ImageIndex index, Dataset<Row> chosen, Dataset<DrawnRow> drawn, Progress.Counters counters) {
        Dataset<ReadImage> mean = images(index, chosen, Side.MEAN);
        Dataset<ReadImage> heldOut = images(index, chosen, Side.HELD_OUT);
        ReadProperties properties = new ReadProperties(attributes(mean.union(heldOut)));
        if (properties.all().isEmpty() && features == null) {
            return List.of();
        }

        ReadingSource source = new ReadingSource(images, card, properties, features, counters);
        Directions directions = directions(mean, source);
        Broadcast<Directions> everywhere = JavaSparkContext.fromSparkContext(
                        chosen.sparkSession().sparkContext())
                .broadcast(directions);
        try {
            List<Drawing> drawings = drawings(drawn, new DrawingTask(source, everywhere));
            Set<Integer> asked = features == null ? Set.of() : new TreeSet<>(Readings.features(drawings));
            FeatureCounts counts = new FeatureCounts();
            List<HeldOutImage> held = heldOut(heldOut, new HeldOutTask(source, everywhere, asked), counts);
            return readings(directions, held, drawings, counts).stream()
                    .map(reading -> ReadingTable.row(reading, card.classes(), folder.runId()))
                    .toList();
        } finally {
            everywhere.destroy();
        }
    }

    private List<Reading> readings(
            Directions directions, List<HeldOutImage> heldOut, List<Drawing> drawings, FeatureCounts counts) {
        StatisticsSettings settings = plan.statisticsSettings();
        return new Readings(
                        directions.properties(),
                        directions.sites(),
                        directions.places(),
                        card.classes().size(),
                        settings.confidence(),
                        settings.falseDiscoveryRate(),
                        plan.prototypes().minAmount())
                .of(heldOut, drawings, features == null ? null : features.tap().name(), counts);
    }

    private static Dataset<ReadImage> images(ImageIndex index, Dataset<Row> chosen, Side side) {
        return index.images()
                .toDF()
                .join(
                        chosen.where(col("side").equalTo(side.turn()))
                                .select(CLASS, col("image_id").as("chosen")),
                        col("image.image_id").equalTo(col("chosen")))
                .select(CLASS, allOf().as("image"))
                .as(IMAGES);
    }

    /** An indexed image again, from its columns. */
    private static Column allOf() {
        return struct(col("shard"), col("image"), col("series"));
    }

    /** The attributes of the plan with the values that occur in the images. */
    private List<ReadAttribute> attributes(Dataset<ReadImage> images) {
        List<String> names = plan.dataset().attributes();
        if (names.isEmpty()) {
            return List.of();
        }

        Map<String, Map<String, Long>> counts = new HashMap<>();
        images.toDF()
                .select(explode(col("image.image.attributes")))
                .where(col("key").isin(names.toArray()).and(trim(col("value")).notEqual("")))
                .groupBy("key", "value")
                .count()
                .collectAsList()
                .forEach(row -> counts.computeIfAbsent(row.getString(0), none -> new HashMap<>())
                        .put(row.getString(1), row.getLong(2)));
        List<ReadAttribute> attributes = new ArrayList<>();
        long room = MOST_NUMBERS;
        for (String name : names) {
            Map<String, Long> values = counts.getOrDefault(name, Map.of());
            if (values.size() > ReadAttribute.MOST_VALUES) {
                listener.warn("Attribute '" + name + "' has " + values.size() + " values, and no more than "
                        + ReadAttribute.MOST_VALUES + " are looked for in drawings; it is left out");
            }

            ReadAttribute attribute = ReadAttribute.of(name, values);
            room -= (long) attribute.read().size() * Sites.of(card).size();
            if (room < 0) {
                listener.warn("Attribute '" + name + "' is not looked for in drawings: the directions of all values"
                        + " at all taps together have more than " + MOST_NUMBERS
                        + " numbers, which the driver and every"
                        + " task hold; name fewer attributes, or export the model with fewer or smaller taps");
                break;
            }

            attributes.add(attribute);
        }

        return attributes;
    }

    private Directions directions(Dataset<ReadImage> images, ReadingSource source) {
        JavaPairRDD<Integer, DirectionTask.Part> parts = byClass(images)
                .javaRDD()
                .mapPartitionsToPair(new DirectionTask(source))
                .reduceByKey(DirectionTask.Part::plus);
        Map<Integer, DirectionTask.Part> sums = new HashMap<>(parts.collectAsMap());
        int size = source.sites().size();
        List<long[]> differences = new ArrayList<>();
        int[] classes = new int[source.properties().all().size()];
        for (int p = 0; p < classes.length; p++) {
            DirectionTask.Part sum = sums.getOrDefault(p, new DirectionTask.Part(new long[size], 0));
            differences.add(sum.differences());
            classes[p] = sum.classes();
        }

        return Directions.of(source.sites(), source.properties().all(), differences, classes);
    }

    private Dataset<ReadImage> byClass(Dataset<ReadImage> images) {
        return images.repartition(tasks, CLASS).sortWithinPartitions(CLASS, col("image.image.image_id"));
    }

    private List<Drawing> drawings(Dataset<DrawnRow> drawn, DrawingTask task) {
        return drawn
                .repartition(tasks, CLASS)
                .sortWithinPartitions("class_index", "method", "seed")
                .mapPartitions(task, RecordEncoder.of(DrawingTask.Measured.class))
                .collectAsList()
                .stream()
                .sorted(Comparator.comparingInt(DrawingTask.Measured::classIndex)
                        .thenComparing(DrawingTask.Measured::method)
                        .thenComparingInt(DrawingTask.Measured::seed))
                .map(DrawingTask.Measured::drawing)
                .toList();
    }

    /** @param counts of their features are added here */
    private List<HeldOutImage> heldOut(Dataset<ReadImage> images, HeldOutTask task, FeatureCounts counts) {
        List<HeldOutImage> heldOut = new ArrayList<>();
        byClass(images).mapPartitions(task, RecordEncoder.of(HeldOutTask.Held.class)).collectAsList().stream()
                .sorted(Comparator.comparingInt(HeldOutTask.Held::classIndex).thenComparing(HeldOutTask.Held::imageId))
                .forEach(one -> {
                    heldOut.add(new HeldOutImage(one.classIndex(), one.has(), one.scores()));
                    counts.add(one.classIndex(), 1);
                    for (int feature : one.features()) {
                        counts.add(one.classIndex(), feature, 1);
                    }
                });
        return heldOut;
    }
}
