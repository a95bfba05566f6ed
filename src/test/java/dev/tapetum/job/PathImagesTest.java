package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.SparkExtension;
import dev.tapetum.table.PredictionRow;
import dev.tapetum.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class PathImagesTest {

    private static final int MOST = 4;

    /** Images of five classes: plenty, one too few for two times four, two, one and none. */
    private static final int[] IMAGES = {11, 7, 2, 1, 0};

    @TempDir
    private Path folder;

    private static String id(int classIndex, int image) {
        return "class" + classIndex + "/" + image;
    }

    private static int classOf(String imageId) {
        return Integer.parseInt(imageId.substring("class".length(), imageId.indexOf('/')));
    }

    private void write(SparkSession spark, boolean labelled) {
        List<PredictionRow> rows = new ArrayList<>();
        for (int c = 0; c < IMAGES.length; c++) {
            for (int i = 0; i < IMAGES[c]; i++) {
                // What is predicted is another class where there are labels.
                rows.add(prediction(id(c, i), labelled ? c : null, labelled ? (c + 1) % 5 : c));
            }
        }

        if (labelled) {
            rows.add(prediction("unlabelled", null, 0));
        }

        Table.PREDICTIONS.write(spark, rows, folder.toString(), "night");
        Table.PREDICTIONS.write(spark, List.of(prediction("of another run", 0, 0)), folder.toString(), "other");
    }

    private static PredictionRow prediction(String imageId, @Nullable Integer labelIndex, int predictedIndex) {
        return new PredictionRow(
                "night",
                imageId,
                labelIndex == null ? null : "name",
                labelIndex,
                "name",
                predictedIndex,
                labelIndex == null ? null : false,
                1,
                null,
                1,
                0,
                null,
                new float[5],
                Map.of());
    }

    /** Ids by class and side, in the order of the hash. */
    private Map<String, List<String>> chosen(SparkSession spark, List<Integer> classes) {
        Map<String, List<String>> chosen = new HashMap<>();
        for (Row row : new PathImages(folder.toString(), "night", 7, MOST)
                .chosen(spark, classes)
                .withColumn(
                        "hash", functions.xxhash64(functions.lit(7L), functions.lit("path"), functions.col("image_id")))
                .orderBy("hash")
                .collectAsList()) {
            chosen.computeIfAbsent(row.getInt(0) + " " + Side.of(row.getInt(1)), key -> new ArrayList<>())
                    .add(row.getString(2));
        }

        return chosen;
    }

    private static List<String> ordered(SparkSession spark, List<String> ids) {
        return spark.createDataset(ids, Encoders.STRING())
                .orderBy(functions.xxhash64(functions.lit(7L), functions.lit("path"), functions.col("value")))
                .collectAsList();
    }

    private static List<String> ofClass(SparkSession spark, int c) {
        return ordered(
                spark, IntStream.range(0, IMAGES[c]).mapToObj(i -> id(c, i)).toList());
    }

    @Test
    void theFirstMakeTheMeanTheNextAreHeldOutAndOtherClassesGiveAsMany(SparkSession spark) {
        write(spark, true);

        Map<String, List<String>> chosen = chosen(spark, List.of(0, 1, 2, 3, 4));

        // Of 11 the first 4 and the next 4; of 7 four and three; of 2 one and one; one image alone is neither.
        assertThat(chosen.get("0 MEAN")).isEqualTo(ofClass(spark, 0).subList(0, 4));
        assertThat(chosen.get("0 HELD_OUT")).isEqualTo(ofClass(spark, 0).subList(4, 8));
        assertThat(chosen.get("1 MEAN")).isEqualTo(ofClass(spark, 1).subList(0, 4));
        assertThat(chosen.get("1 HELD_OUT")).isEqualTo(ofClass(spark, 1).subList(4, 7));
        assertThat(chosen.get("2 MEAN")).isEqualTo(ofClass(spark, 2).subList(0, 1));
        assertThat(chosen.get("2 HELD_OUT")).isEqualTo(ofClass(spark, 2).subList(1, 2));
        assertThat(chosen.keySet()).noneMatch(key -> key.startsWith("3") || key.startsWith("4"));

        // Held-out images in all are 4 + 3 + 1. Of other classes there are 4 for the first, and the first 3 and 1 for
        // the others.
        List<String> heldOut = new ArrayList<>();
        IntStream.range(0, 3).forEach(c -> heldOut.addAll(chosen.getOrDefault(c + " HELD_OUT", List.of())));
        List<String> all = ordered(spark, heldOut);
        for (int c = 0; c < 3; c++) {
            int own = c;
            List<String> others = all.stream()
                    .filter(image -> classOf(image) != own)
                    .limit(chosen.getOrDefault(c + " HELD_OUT", List.of()).size())
                    .toList();
            assertThat(chosen.get(c + " OTHER")).isEqualTo(others);
        }
    }

    /** What is chosen for a class does not depend on which others are drawn. */
    @Test
    void aClassAloneHasTheSameImages(SparkSession spark) {
        write(spark, true);

        Map<String, List<String>> alone = chosen(spark, List.of(1));

        assertThat(alone.keySet()).isEqualTo(new TreeSet<>(List.of("1 MEAN", "1 HELD_OUT", "1 OTHER")));
        assertThat(chosen(spark, List.of(0, 1, 2))).containsAllEntriesOf(alone);
    }

    @Test
    void withoutLabelsImagesAreOfTheClassThatIsPredicted(SparkSession spark) {
        write(spark, false);
        Map<String, List<String>> byPrediction = chosen(spark, List.of(0, 1, 2));

        write(spark, true);

        assertThat(byPrediction).isEqualTo(chosen(spark, List.of(0, 1, 2)));
    }
}
