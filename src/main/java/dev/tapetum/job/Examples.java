package dev.tapetum.job;

import dev.tapetum.fairness.Finding;
import dev.tapetum.fairness.Group;
import dev.tapetum.image.DecodeLimits;
import dev.tapetum.image.ImageDecoder;
import dev.tapetum.image.Preprocessing;
import dev.tapetum.image.RejectedImageException;
import dev.tapetum.image.RgbImage;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.job.source.ImageBytes;
import dev.tapetum.job.source.ImageIndex;
import dev.tapetum.job.source.ListedImage;
import dev.tapetum.job.source.Patience;
import dev.tapetum.job.source.StorageException;
import dev.tapetum.report.GroupExamples;
import dev.tapetum.report.ImageExample;
import dev.tapetum.table.AttributionRow;
import dev.tapetum.table.PredictionRow;
import dev.tapetum.table.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Images of the groups that the findings are about, with their heat maps: those that the model got most wrong, or, where
 * there are no labels, was least sure of. Their bytes are read once more; an image of which nothing can be drawn any more
 * is told in words.
 */
final class Examples {

    private static final int GROUPS = 3;
    private static final int IMAGES_PER_GROUP = 4;

    /** The report has been waited for long enough, and a picture is not the whole of it. */
    private static final Patience PATIENCE = new Patience(List.of(Duration.ofSeconds(1)));

    private final SparkSession spark;
    private final RunFolder folder;
    private final HadoopSettings hadoop;
    private final DecodeLimits limits;
    private final Framing framing;

    Examples(SparkSession spark, RunFolder folder, HadoopSettings hadoop, DecodeLimits limits, Framing framing) {
        this.spark = spark;
        this.folder = folder;
        this.hadoop = hadoop;
        this.limits = limits;
        this.framing = framing;
    }

    List<GroupExamples> of(List<Finding> findings) {
        Map<Group, Finding> groups = new LinkedHashMap<>();
        findings.forEach(finding -> groups.putIfAbsent(finding.gap().group(), finding));
        return groups.values().stream().limit(GROUPS).map(this::examples).toList();
    }

    private GroupExamples examples(Finding finding) {
        Group group = finding.gap().group();
        Telling telling = Telling.of(finding.gap().metric().name());
        List<PredictionRow> worst = worst(group, telling);
        if (worst.isEmpty()) {
            telling = Telling.ALL;
            worst = worst(group, telling);
        }

        Object[] ids = worst.stream().map(PredictionRow::imageId).toArray();
        Map<String, List<AttributionRow>> maps = new LinkedHashMap<>();
        ofRun(Table.ATTRIBUTIONS)
                .filter(functions.col("image_id").isin(ids))
                .collectAsList()
                .forEach(row -> maps.computeIfAbsent(row.imageId(), id -> new ArrayList<>())
                        .add(row));
        Pictures pictures = pictures(ids);

        List<ImageExample> images = new ArrayList<>();
        for (PredictionRow prediction : worst) {
            images.add(new ImageExample(
                    prediction,
                    pictures.byId.get(prediction.imageId()),
                    maps.getOrDefault(prediction.imageId(), List.of())));
        }

        return new GroupExamples(
                group.attribute(),
                group.value(),
                finding.statement(),
                choice(telling, worst, pictures.lacking),
                images);
    }

    private List<PredictionRow> worst(Group group, Telling telling) {
        return ofRun(Table.PREDICTIONS)
                .filter(member(group))
                .filter(telling.images)
                .orderBy(
                        functions.col("loss").desc_nulls_last(), functions.col("confidence"), functions.col("image_id"))
                .takeAsList(IMAGES_PER_GROUP);
    }

    private static String choice(Telling telling, List<PredictionRow> worst, String lacking) {
        boolean labelled = worst.stream().anyMatch(prediction -> prediction.loss() != null);
        return "Of the group's images" + telling.words + ", the " + worst.size()
                + (labelled ? " with the highest loss" : " of which the model is least sure") + lacking + ".";
    }

    /**
     * Which images show what a metric is about.
     *
     * @param words the end of "the images"
     */
    private record Telling(Column images, String words) {

        static final Telling ALL = new Telling(functions.lit(true), "");

        private static final Pattern OF_A_CLASS = Pattern.compile("(.+-rate)\\[(.*)]");

        static Telling of(String metric) {
            if (metric.equals("accuracy")) {
                return new Telling(functions.not(functions.col("correct")), " that are predicted wrongly");
            }

            Matcher rate = OF_A_CLASS.matcher(metric);
            if (!rate.matches()) {
                return ALL;
            }

            String name = rate.group(2);
            Column predicted = functions.col("predicted").equalTo(name);
            Column wrong = functions.not(functions.col("correct"));
            return switch (rate.group(1)) {
                case "true-positive-rate" ->
                    new Telling(
                            wrong.and(functions.col("label").equalTo(name)),
                            " that are labelled " + name + " and not predicted so");
                case "false-positive-rate" ->
                    new Telling(predicted.and(wrong), " that are predicted " + name + " and not labelled so");
                default -> new Telling(predicted, " that are predicted " + name);
            };
        }
    }

    private static Column member(Group group) {
        Column value = functions.col("attributes").getItem(group.attribute());
        return group.value().equals(Group.MISSING) ? value.isNull() : value.equalTo(group.value());
    }

    /** @param lacking why some or all are not there, as the end of a sentence; empty when none is missing */
    private record Pictures(Map<String, RgbImage> byId, String lacking) {

        static Pictures none(String why) {
            return new Pictures(Map.of(), ", without pictures: " + why);
        }
    }

    /** What the model saw, of the images that can still be had. */
    private Pictures pictures(Object[] ids) {
        Preprocessing preprocessing = framing.preprocessing();
        if (preprocessing == null) {
            return Pictures.none(framing.lacking());
        } else if (!ImageIndex.isComplete(hadoop, folder.index())) {
            return Pictures.none("the list of the run's images is gone");
        }

        ImageBytes bytes = new ImageBytes(hadoop, limits.maxBytes(), PATIENCE);
        String lacking = "";
        Map<String, RgbImage> pictures = new LinkedHashMap<>();
        for (ListedImage listed : listed(ids)) {
            try {
                RgbImage decoded = ImageDecoder.decode(bytes.image(listed), limits);
                pictures.put(listed.imageId(), preprocessing.frame(decoded));
            } catch (RejectedImageException e) {
                lacking = ", not all with a picture: " + e.getMessage();
            } catch (OutOfMemoryError e) {
                lacking = ", not all with a picture: the heap has no room for one";
            } catch (StorageException e) {
                // Waiting once more for each of the others would not help.
                return new Pictures(pictures, ", not all with a picture: " + e.getMessage());
            }
        }

        return new Pictures(pictures, lacking);
    }

    private List<ListedImage> listed(Object[] ids) {
        return ImageIndex.open(spark, hadoop, folder.index())
                .images()
                .filter(functions.col("image.image_id").isin(ids))
                .collectAsList()
                .stream()
                .map(indexed -> indexed.image())
                .toList();
    }

    private <R extends Record> Dataset<R> ofRun(Table<R> table) {
        return table.read(spark, folder.out()).filter(functions.col("run_id").equalTo(folder.runId()));
    }
}
