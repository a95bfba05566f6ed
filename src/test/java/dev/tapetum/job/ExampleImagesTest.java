package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.SparkExtension;
import dev.tapetum.fairness.Group;
import dev.tapetum.job.ComparedRuns.Run;
import dev.tapetum.job.ComparedRuns.Shot;
import dev.tapetum.table.PropertyEffectRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ExampleImagesTest {

    private static final String QUERY =
            "SELECT * FROM predictions WHERE attributes['site'] = 's%d' ORDER BY confidence";

    @TempDir
    static Path folder;

    static final List<Shot> SHOTS = new ArrayList<>();

    /** Of image i the confidence grows with i, and with it the answer to the editor. */
    @BeforeAll
    static void run(SparkSession spark) {
        for (int i = 0; i < 30; i++) {
            SHOTS.add(new Shot("image " + i, "s" + i % 3, i % 2, "content", i % 2, 0.5 + 0.01 * i, new float[4]));
        }

        ComparedRuns.write(spark, folder.toString(), Run.of("night", 0), SHOTS);
    }

    private static ExampleImages examples(SparkSession spark) {
        return new ExampleImages(
                spark,
                new RunFolder(folder.toString(), "night", spark.sparkContext().hadoopConfiguration()));
    }

    private static List<String> queries(int count) {
        List<String> queries = new ArrayList<>();
        for (int site = 0; site < count; site++) {
            queries.add(QUERY.formatted(site));
        }

        return queries;
    }

    @Test
    void everyQueryHasItsFirstImagesInItsOrder(SparkSession spark) {
        assertThat(examples(spark).returned(queries(3)))
                .containsOnlyKeys(queries(3))
                .containsEntry(queries(3).get(1), List.of("image 1", "image 4", "image 7", "image 10"));
        assertThat(examples(spark).returned(queries(4))).containsOnlyKeys(queries(3));
    }

    @Test
    void everyPropertyHasTheImagesThatAnswerMost(SparkSession spark) {
        List<String> mugs =
                most(SHOTS.stream().filter(shot -> shot.label() == 1).toList());

        assertThat(examples(spark).answering(List.of(effect("mug"), effect("nothing"), effect(Group.WHOLE.value()))))
                .containsOnlyKeys(0, 2)
                .containsEntry(0, mugs)
                .containsEntry(2, most(SHOTS));
    }

    private static List<String> most(List<Shot> shots) {
        return shots.stream()
                .sorted(Comparator.comparing(Shot::gradient).reversed().thenComparing(Shot::id))
                .limit(ExampleImages.IMAGES)
                .map(Shot::id)
                .toList();
    }

    private static PropertyEffectRow effect(String target) {
        return new PropertyEffectRow(
                "night",
                ComparedRuns.BRIGHTNESS,
                "brightness",
                target,
                "*",
                "*",
                30,
                30,
                0.5,
                null,
                null,
                null,
                null,
                null,
                null,
                0.0,
                null,
                null);
    }

    @Test
    void moreFindingsAreNoMoreJobs(SparkSession spark) {
        ExampleImages examples = examples(spark);

        assertThat(jobs(spark, () -> examples.returned(queries(3))))
                .isEqualTo(jobs(spark, () -> examples.returned(queries(1))));
        assertThat(jobs(spark, () -> examples.answering(List.of(effect("mug"), effect("cup")))))
                .isEqualTo(jobs(spark, () -> examples.answering(List.of(effect("mug")))));
    }

    private static int jobs(SparkSession spark, Runnable work) {
        AtomicInteger started = new AtomicInteger();
        SparkListener counter = new SparkListener() {
            @Override
            public void onJobStart(SparkListenerJobStart start) {
                started.incrementAndGet();
            }
        };
        CompareStageTest.drained(spark);
        spark.sparkContext().addSparkListener(counter);
        work.run();
        CompareStageTest.drained(spark);
        spark.sparkContext().removeSparkListener(counter);
        return started.get();
    }
}
