package dev.tapetum.job;

import static dev.tapetum.job.EditedImages.gradient;
import static dev.tapetum.job.EditedImages.image;
import static dev.tapetum.job.EditedImages.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.SparkExtension;
import dev.tapetum.config.Plan;
import dev.tapetum.fairness.GroupLayout;
import dev.tapetum.fairness.GroupMetric;
import dev.tapetum.spec.SplitMix64;
import dev.tapetum.table.EvidenceRow;
import dev.tapetum.table.InterventionPart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class GroupStageTest {

    private static final Plan PLAN = EditedImages.plan("[ brightness, corruption(fog) ]");
    private static final GroupLayout LAYOUT = new GroupLayout(List.of("site"), List.of("cup", "mug"), false);
    private static final InterventionSummaries SUMMARIES = new InterventionSummaries(
            Labels.of(PLAN.interventions()),
            Set.of("cup", "mug"),
            true,
            new CorruptionReference(0.4, Map.of("fog", 0.8)));

    /** All numbers are the same to the last bit; q-values are of all tests together. */
    @Test
    void inPartsTheStatisticsAreThoseOfOnePass(SparkSession spark) {
        List<EvidenceRow> images = new ArrayList<>(images());
        // Interventions ran on part of the images, and on none of a site, which has its rows all the same.
        IntStream.range(0, 20).forEach(i -> images.add(image("other " + i, null, i < 10 ? "x" : "z")));
        Dataset<Row> evidence = EditedImages.evidence(spark, images).coalesce(1);
        DemoAudit.Heard once = new DemoAudit.Heard();
        GroupStage.Grouped whole = grouped(evidence, Long.MAX_VALUE, once);
        DemoAudit.Heard often = new DemoAudit.Heard();
        GroupStage.Grouped inParts = grouped(evidence, 9, often);

        assertThat(once.steps).containsExactly("Group statistics");
        // Three numbers of each editor on two classes and each image's own; and the errors with and without fog, and
        // both mCE.
        assertThat(often.steps)
                .containsExactly(
                        "Group statistics, part 1 of 3",
                        "Group statistics, part 2 of 3",
                        "Group statistics, part 3 of 3");
        assertThat(whole.statistics().gaps())
                .extracting(gap -> gap.metric().name())
                .contains(
                        "accuracy",
                        "property.flip-rate.mean[brightness, mug]",
                        "corruption.clean-error.mean",
                        "corruption.relative-mce.mean");
        assertThat(whole.effects()).hasSize(3 * 2 * 3).anyMatch(effect -> effect.qValue() > effect.pValue());
        assertThat(inParts.statistics().metrics())
                .containsExactlyInAnyOrderElementsOf(whole.statistics().metrics());
        assertThat(inParts.statistics().gaps())
                .containsExactlyInAnyOrderElementsOf(whole.statistics().gaps());
        assertThat(inParts.effects()).containsExactlyInAnyOrderElementsOf(whole.effects());
        assertThat(inParts.statistics().metrics())
                .extracting(row -> row.group().value())
                .isSubsetOf("*", "x", "y", "z")
                .isSorted();
    }

    /** However the rows are cut and ordered: sums have no order. */
    @Test
    void theStatisticsAreTheSameToTheLastBitForOneAndSevenPartitionsAndAgain(SparkSession spark) {
        Dataset<Row> evidence = EditedImages.evidence(spark, images());
        GroupStage.Grouped one = grouped(evidence.coalesce(1), Long.MAX_VALUE, new DemoAudit.Heard());
        int cores = spark.sparkContext().defaultParallelism();
        assertThat(cores).isGreaterThan(1);

        for (int run = 0; run < 2; run++) {
            GroupStage.Grouped seven = grouped(
                    evidence.repartition(7).sortWithinPartitions("image_id"), Long.MAX_VALUE, new DemoAudit.Heard());
            assertThat(seven.statistics().metrics()).isEqualTo(one.statistics().metrics());
            assertThat(seven.statistics().gaps()).isEqualTo(one.statistics().gaps());
            assertThat(seven.effects()).isEqualTo(one.effects());
        }
    }

    @Test
    void threeHundredGroupsTakeAsManySparkJobsAsThree(SparkSession spark) throws TimeoutException {
        assertThat(jobs(spark, 300)).isEqualTo(jobs(spark, 3)).isPositive();
    }

    private static int jobs(SparkSession spark, int groups) throws TimeoutException {
        List<EvidenceRow> images = IntStream.range(0, 600)
                .mapToObj(i -> image("image " + i, null, "site " + i % groups))
                .toList();
        Dataset<Row> evidence = EditedImages.evidence(spark, images).repartition(4);
        String name = "statistics of " + groups + " groups";
        AtomicInteger started = new AtomicInteger();
        SparkListener listener = new SparkListener() {
            @Override
            public void onJobStart(SparkListenerJobStart job) {
                if (name.equals(job.properties().getProperty("spark.jobGroup.id"))) {
                    started.incrementAndGet();
                }
            }
        };
        spark.sparkContext().addSparkListener(listener);
        spark.sparkContext().setJobGroup(name, name, false);
        try {
            GroupStage.Grouped grouped = GroupStage.grouped(
                    evidence,
                    PLAN,
                    LAYOUT,
                    SUMMARIES,
                    ResponseParts.of(List.of(), 1, 1, Long.MAX_VALUE),
                    new DemoAudit.Heard());
            assertThat(grouped.statistics().metrics().stream()
                            .map(GroupMetric::group)
                            .distinct())
                    // The whole, the groups, and what is said over all of them.
                    .hasSize(2 + groups);
            spark.sparkContext().listenerBus().waitUntilEmpty();
            return started.get();
        } finally {
            spark.sparkContext().clearJobGroup();
            spark.sparkContext().removeSparkListener(listener);
        }
    }

    /** Each partition makes a state of up to the bound, and ships it. */
    @Test
    void thereAreNoMoreStatesThanTasksThatRunAtOnce(SparkSession spark) {
        Dataset<Row> evidence = EditedImages.evidence(spark, images());
        int cores = spark.sparkContext().defaultParallelism();

        assertThat(GroupStage.rows(evidence.repartition(8 * cores), List.of()).getNumPartitions())
                .isEqualTo(cores);
        assertThat(GroupStage.rows(evidence.coalesce(1), List.of()).getNumPartitions())
                .isEqualTo(1);
        assertThat(GroupStage.rows(evidence.repartition(8 * cores), List.of()).count())
                .isEqualTo(40);
    }

    /** It may have been suggested by these very images. */
    @Test
    void aFeatureThatIsSetToValuesIsNotComparedForThat() {
        Plan plan = EditedImages.plan(
                "[ { editor = sae-feature, feature = 7 }, { editor = sae-feature, feature = 8 } ]",
                "sae.path=nowhere",
                "sae.features=[8, 5]");

        assertThat(GroupStage.layout(plan, List.of("cup", "mug")).features()).containsExactly(5, 8);
    }

    /** Feature 5 in every third image, feature 8 in every fifth, feature 9 in none; 4 is active as well and not asked for. */
    @Test
    void howOftenFeaturesAreActiveIsWhatAPlainLoopCounts(SparkSession spark) {
        Plan plan = EditedImages.plan("[]", "sae.path=nowhere", "sae.features=[9, 8, 5]");
        GroupLayout layout = GroupStage.layout(plan, List.of("cup", "mug"));
        List<EvidenceRow> images = new ArrayList<>();
        Map<String, int[]> active = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            List<Integer> features = new ArrayList<>(List.of(4));
            if (i % 3 == 0) {
                features.add(5);
            }

            if (i % 5 == 0) {
                features.add(8);
            }

            String site = i % 7 < 3 ? "x" : "y";
            int[] counts = active.computeIfAbsent(site, absent -> new int[3]);
            counts[0]++;
            counts[1] += i % 3 == 0 ? 1 : 0;
            counts[2] += i % 5 == 0 ? 1 : 0;
            images.add(EditedImages.showing(
                    image("image " + i, null, site),
                    features.stream().mapToInt(Integer::intValue).toArray()));
        }

        assertThat(layout.features()).containsExactly(5, 8, 9);
        for (int partitions : new int[] {1, 7}) {
            Dataset<Row> evidence = EditedImages.evidence(spark, images).repartition(partitions);
            Map<String, Double> told = new HashMap<>();
            GroupStage.grouped(
                            evidence,
                            plan,
                            layout,
                            SUMMARIES,
                            ResponseParts.of(List.of(), 1, 1, Long.MAX_VALUE),
                            new DemoAudit.Heard())
                    .statistics()
                    .metrics()
                    .forEach(row -> told.put(row.metric().name() + row.group().value(), row.value()));
            active.forEach((site, counts) -> {
                assertThat(told.get("feature-frequency[5]" + site)).isEqualTo((double) counts[1] / counts[0]);
                assertThat(told.get("feature-frequency[8]" + site)).isEqualTo((double) counts[2] / counts[0]);
                assertThat(told.get("feature-frequency[9]" + site)).isZero();
            });
        }
    }

    private static GroupStage.Grouped grouped(Dataset<Row> evidence, long mostBytes, RunListener listener) {
        ResponseParts parts = ResponseParts.of(SUMMARIES.names(PLAN), 1, 1, mostBytes);
        return GroupStage.grouped(evidence, PLAN, LAYOUT, SUMMARIES, parts, listener);
    }

    private static List<EvidenceRow> images() {
        SplitMix64 random = new SplitMix64(3);
        List<EvidenceRow> images = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            images.add(image(
                    "image " + i,
                    null,
                    i % 2 == 0 ? "x" : "y",
                    part("brightness(steps=3)", "brightness", "brightness", random),
                    part("corruption(kind=fog)", "corruption", "fog", random)));
        }

        return images;
    }

    private static InterventionPart part(String editor, String name, String property, SplitMix64 random) {
        return new InterventionPart(
                editor,
                name,
                property,
                random.between(1, 2),
                List.of(
                        step(0, 1, random.nextDouble() < 0.5 ? 0 : 1, 0.5),
                        step(1, 2, 0, random.nextDouble()),
                        step(2, 3, 1, 0.5)),
                List.of(
                        gradient("cup", 0, true, random.between(0, 0.05)),
                        gradient("mug", 1, false, random.between(0, 0.2))));
    }
}
