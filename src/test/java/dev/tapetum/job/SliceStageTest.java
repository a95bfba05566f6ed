package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.SparkExtension;
import dev.tapetum.config.Plan;
import dev.tapetum.fairness.Family;
import dev.tapetum.fairness.GroupLayout;
import dev.tapetum.fairness.GroupStates;
import dev.tapetum.fairness.GroupStatistics;
import dev.tapetum.fairness.Observation;
import dev.tapetum.fairness.Slice;
import dev.tapetum.spec.SplitMix64;
import dev.tapetum.stats.Halves;
import dev.tapetum.table.DecodedPart;
import dev.tapetum.table.EvidenceRow;
import dev.tapetum.table.EvidenceTables;
import dev.tapetum.table.PredictionPart;
import dev.tapetum.table.SliceRow;
import dev.tapetum.table.Table;
import dev.tapetum.table.TableViews;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class SliceStageTest {

    private static final List<String> CLASSES = List.of("cup", "mug");
    private static final String HOSTILE = "<script>alert(1)</script>' \" ` \\ ${spark.app.name} -- ; \n";

    private static Plan plan(String... options) {
        return EditedImages.plan("[]", options);
    }

    /** Images at two sites by some vendors; those of the hostile site and vendor 1 are often wrong, and feature 5 is in every fourth. */
    private static List<EvidenceRow> images(int n, int vendors, @Nullable String clusters) {
        SplitMix64 random = new SplitMix64(7);
        List<EvidenceRow> images = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            String site = random.below(3) == 0 ? HOSTILE : "main";
            String vendor = "v" + random.below(vendors);
            boolean bad = site.equals(HOSTILE) && vendor.equals("v1");
            boolean wrong = random.nextDouble() < (bad ? 0.7 : 0.1);
            Map<String, String> attributes =
                    i % 10 == 0 ? Map.of("site", " ", "vendor", vendor) : Map.of("site", site, "vendor", vendor);
            EvidenceRow image = image(
                    "image " + i,
                    clusters == null ? null : clusters + i / 4,
                    attributes,
                    i % 50 == 3 ? null : random.below(2),
                    wrong);
            images.add(i % 4 == 0 ? EditedImages.showing(image, 4, 5) : EditedImages.showing(image, 4));
        }

        return images;
    }

    private static EvidenceRow image(
            String id,
            @Nullable String cluster,
            Map<String, String> attributes,
            @Nullable Integer label,
            boolean wrong) {
        int named = label == null ? 0 : label;
        int predicted = wrong ? 1 - named : named;
        return new EvidenceRow(
                id,
                id,
                0,
                label == null ? null : CLASSES.get(label),
                label,
                attributes,
                cluster,
                new DecodedPart(4, 4, 100, "digest"),
                null,
                new PredictionPart(
                        CLASSES.get(predicted),
                        predicted,
                        label == null ? null : !wrong,
                        0.6,
                        0.6,
                        0.2,
                        0.5,
                        0.5,
                        new float[] {1, 0}),
                List.of(),
                List.of(),
                null,
                List.of(),
                0,
                0,
                0,
                0);
    }

    private static List<Slice> slices(Plan plan, List<EvidenceRow> images, Dataset<Row> evidence) {
        return slices(plan, images, evidence, new DemoAudit.Heard());
    }

    private static List<Slice> slices(
            Plan plan, List<EvidenceRow> images, Dataset<Row> evidence, DemoAudit.Heard heard) {
        GroupLayout layout = GroupStage.layout(plan, CLASSES);
        return SliceStage.slices(plan, evidence, layout, statistics(plan, images), heard);
    }

    /** Those that the run has of the same images, of which the stage reads how many labelled ones a group has. */
    private static GroupStatistics statistics(Plan plan, List<EvidenceRow> images) {
        GroupStates states = new GroupStates(plan.statisticsSettings(), GroupStage.layout(plan, CLASSES));
        for (EvidenceRow image : images) {
            Integer label = image.labelIndex();
            states.add(Observation.scored(
                    image.imageId(),
                    image.cluster(),
                    image.attributes(),
                    label == null ? Observation.UNKNOWN : label,
                    Objects.requireNonNull(image.prediction()).predictedIndex(),
                    0.6,
                    Map.of()));
        }

        return states.finish(Set.of(Family.OUTCOME));
    }

    /** Every digit of every number, in every dealing of the images. */
    @Test
    void theSameSlicesComeOfAnyPartitions(SparkSession spark) {
        Plan plan = plan("dataset.attributes=[site, vendor]", "sae.path=nowhere", "sae.features=[5]");
        List<EvidenceRow> images = images(2000, 3, null);
        Dataset<Row> evidence = EditedImages.evidence(spark, images);
        List<Slice> once = slices(plan, images, evidence.coalesce(1));

        assertThat(once.get(0).predicate()).isEqualTo("site = " + HOSTILE + " ∧ vendor = v1");
        assertThat(once.get(0).confirmed()).isTrue();
        assertThat(slices(plan, images, evidence.coalesce(1))).isEqualTo(once);
        assertThat(slices(plan, images, evidence.repartition(7))).isEqualTo(once);
    }

    @Test
    void theNumbersAreThoseOfAPlainLoopOverTheOtherHalf(SparkSession spark) {
        Plan plan = plan("dataset.attributes=[site, vendor]");
        List<EvidenceRow> images = images(2000, 3, null);
        Slice worst = slices(plan, images, EditedImages.evidence(spark, images)).get(0);
        Halves halves = new Halves(plan.run().seed());
        Predicate<EvidenceRow> searched = image -> halves.isFirst(image.imageId());
        Predicate<EvidenceRow> inside = SliceStageTest::isBad;
        List<EvidenceRow> labelled =
                images.stream().filter(image -> image.labelIndex() != null).toList();

        assertThat(worst.n()).isEqualTo(count(labelled, searched.negate().and(inside)));
        assertThat(worst.value())
                .isCloseTo(errorRate(labelled, searched.negate().and(inside)), within(1e-12));
        assertThat(worst.overall()).isCloseTo(errorRate(labelled, searched.negate()), within(1e-12));
        assertThat(worst.difference())
                .isCloseTo(
                        errorRate(labelled, searched.negate().and(inside))
                                - errorRate(labelled, searched.negate().and(inside.negate())),
                        within(1e-12));
        assertThat(worst.searchN()).isEqualTo(count(labelled, searched.and(inside)));
        assertThat(worst.searchValue()).isCloseTo(errorRate(labelled, searched.and(inside)), within(1e-12));
    }

    private static boolean isBad(EvidenceRow image) {
        return HOSTILE.equals(image.attributes().get("site"))
                && "v1".equals(image.attributes().get("vendor"));
    }

    private static long count(List<EvidenceRow> images, Predicate<EvidenceRow> which) {
        return images.stream().filter(which).count();
    }

    private static double errorRate(List<EvidenceRow> images, Predicate<EvidenceRow> which) {
        long wrong = count(
                images,
                which.and(image -> !Objects.equals(
                        Objects.requireNonNull(image.prediction()).predictedIndex(), image.labelIndex())));
        return (double) wrong / count(images, which);
    }

    @Test
    void imagesOfOneClusterLieInOneHalf(SparkSession spark) {
        Plan plan = plan("dataset.attributes=[site, vendor]", "dataset.cluster=patient");
        List<EvidenceRow> images = images(2000, 3, "patient ");
        Slice worst = slices(plan, images, EditedImages.evidence(spark, images)).get(0);
        Halves halves = new Halves(plan.run().seed());

        assertThat(worst.n())
                .isEqualTo(images.stream()
                        .filter(image -> image.labelIndex() != null && isBad(image))
                        .filter(image -> !halves.isFirst(Objects.requireNonNull(image.cluster())))
                        .count());
        assertThat(worst.clusters()).isLessThan(worst.n());
        assertThat(worst.confirmed()).isTrue();
    }

    @Test
    void thereAreTwoJobsForAnyNumberOfValues(SparkSession spark) throws TimeoutException {
        for (int vendors : new int[] {3, 30}) {
            Plan plan = plan("dataset.attributes=[site, vendor]");
            List<EvidenceRow> images = images(3000, vendors, null);
            // A shuffle before the stage would be a job of its own, which the evidence of a run has not.
            Dataset<Row> evidence = EditedImages.evidence(spark, images);
            GroupLayout layout = GroupStage.layout(plan, CLASSES);
            GroupStatistics statistics = statistics(plan, images);

            assertThat(jobs(
                            spark,
                            () -> assertThat(SliceStage.slices(
                                            plan, evidence, layout, statistics, new DemoAudit.Heard()))
                                    .isNotEmpty()))
                    .isEqualTo(2);
        }
    }

    private static int jobs(SparkSession spark, Runnable work) throws TimeoutException {
        AtomicInteger jobs = new AtomicInteger();
        SparkListener listener = new SparkListener() {
            @Override
            public void onJobStart(SparkListenerJobStart start) {
                jobs.incrementAndGet();
            }
        };
        spark.sparkContext().addSparkListener(listener);
        try {
            work.run();
            spark.sparkContext().listenerBus().waitUntilEmpty();
        } finally {
            spark.sparkContext().removeSparkListener(listener);
        }

        return jobs.get();
    }

    @Test
    void theQueryOfASliceReturnsItsImagesWhateverIsInTheirNames(SparkSession spark, @TempDir Path out) {
        Plan plan = plan(
                "dataset.attributes=[site, vendor]", "sae.path=nowhere", "sae.features=[5]", "slices.min-support=0.05");
        List<EvidenceRow> images = images(2000, 3, null);
        Dataset<Row> evidence = EditedImages.evidence(spark, images);
        EvidenceTables.write(evidence, out.toString(), "r");
        TableViews.register(spark, out.toString(), "r");

        List<Slice> slices = slices(plan, images, evidence);
        assertThat(slices).anyMatch(slice -> slice.predicate().contains(HOSTILE));
        long everywhere =
                images.stream().filter(image -> image.labelIndex() != null).count();
        Halves halves = new Halves(plan.run().seed());
        long searched = images.stream()
                .filter(image -> image.labelIndex() != null && halves.isFirst(image.imageId()))
                .count();
        assertThat(searched).isLessThan(everywhere);
        for (Slice slice : slices) {
            // These images keep no strongest features, by which the SQL goes.
            if (slice.predicate().contains("feature")) {
                continue;
            }

            assertThat(spark.sql(slice.query()).count()).as(slice.query()).isEqualTo(slice.n() + slice.searchN());
        }
    }

    @Test
    void theSlicesOfARunAreATable(SparkSession spark, @TempDir Path out) {
        Plan plan = plan("dataset.attributes=[site, vendor]", "run.output=\"" + out + "\"");
        List<EvidenceRow> images = images(2000, 3, null);
        Dataset<Row> evidence = EditedImages.evidence(spark, images);
        GroupLayout layout = GroupStage.layout(plan, CLASSES);
        List<Slice> slices =
                SliceStage.write(spark, plan, "r", evidence, layout, statistics(plan, images), new DemoAudit.Heard());

        List<SliceRow> rows =
                Table.SLICES.read(spark, out.toString()).orderBy("rank").collectAsList();
        assertThat(rows)
                .extracting(SliceRow::predicate)
                .containsExactlyElementsOf(slices.stream().map(Slice::predicate).toList());
        assertThat(rows.get(0).metric()).isEqualTo("error-rate");
        assertThat(rows.get(0).runId()).isEqualTo("r");
        assertThat(rows.get(0).value()).isEqualTo(slices.get(0).value());
        assertThat(rows.get(0).qValue()).isEqualTo(slices.get(0).qValue());
    }

    @Test
    void withoutLabelsNothingIsSearched(SparkSession spark) {
        Plan plan = plan("dataset.attributes=[site]");
        List<EvidenceRow> images = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            images.add(image("image " + i, null, Map.of("site", "s" + i % 2), null, false));
        }

        DemoAudit.Heard heard = new DemoAudit.Heard();
        assertThat(slices(plan, images, EditedImages.evidence(spark, images), heard))
                .isEmpty();
        assertThat(heard.steps)
                .containsExactly(
                        "warning: No image has a label of the model's, so that no subgroups were searched for errors");
    }

    @Test
    void aPlanMayWantNone(SparkSession spark) {
        List<EvidenceRow> images = images(1000, 3, null);
        Dataset<Row> evidence = EditedImages.evidence(spark, images);

        assertThat(slices(plan("dataset.attributes=[site, vendor]", "slices.top=0"), images, evidence))
                .isEmpty();
        assertThat(slices(plan("dataset.attributes=[]"), images, evidence)).isEmpty();
    }

    /** Feature 5 is in every fourth image; here those are the bad ones. */
    @Test
    void aWatchedFeatureIsALiteral(SparkSession spark) {
        Plan plan = plan("dataset.attributes=[site]", "sae.path=nowhere", "sae.features=[5, 4]");
        SplitMix64 random = new SplitMix64(7);
        List<EvidenceRow> images = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            boolean wrong = random.nextDouble() < (i % 4 == 0 ? 0.5 : 0.1);
            EvidenceRow image =
                    image("image " + i, null, Map.of("site", "s" + random.below(2)), random.below(2), wrong);
            images.add(i % 4 == 0 ? EditedImages.showing(image, 4, 5) : EditedImages.showing(image, 4));
        }

        assertThat(slices(plan, images, EditedImages.evidence(spark, images)))
                .first()
                .satisfies(slice -> {
                    assertThat(slice.predicate()).isEqualTo("feature 5 active");
                    assertThat(slice.confirmed()).isTrue();
                });
    }
}
