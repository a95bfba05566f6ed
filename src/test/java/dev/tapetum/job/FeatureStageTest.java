package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.SparkExtension;
import dev.tapetum.config.Plan;
import dev.tapetum.fairness.FeatureAssociation;
import dev.tapetum.fairness.Group;
import dev.tapetum.spec.SplitMix64;
import dev.tapetum.table.AssociationKind;
import dev.tapetum.table.DecodedPart;
import dev.tapetum.table.EvidenceRow;
import dev.tapetum.table.Exemplar;
import dev.tapetum.table.FeaturePart;
import dev.tapetum.table.FeatureRow;
import dev.tapetum.table.FeaturesPart;
import dev.tapetum.table.PredictionPart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class FeatureStageTest {

    private static final double ROUNDING = 1e-12;
    private static final int FEATURES = 9;
    private static final int TOP = 3;

    /** Attributes site and vendor, groups of at least five. */
    private static final Plan PLAN = EditedImages.plan("[]", "dataset.attributes=[site,vendor]");

    /** Feature 0 is active in every image, 1 in those of the north, 7 in a few, 8 in none; the others at random. */
    private static final List<EvidenceRow> IMAGES =
            IntStream.range(0, 61).mapToObj(FeatureStageTest::image).toList();

    private static EvidenceRow image(int number) {
        SplitMix64 random = new SplitMix64(number);
        List<Integer> active = new ArrayList<>();
        boolean north = random.below(3) == 0;
        for (int j = 0; j < FEATURES - 1; j++) {
            boolean is = j == 0
                    || (j == 1 && north)
                    || (j == 7 && number % 20 == 3)
                    || (j > 1 && j < 7 && random.below(3) == 0);
            if (is) {
                active.add(j);
            }
        }

        float[] maxima = new float[active.size()];
        for (int i = 0; i < maxima.length; i++) {
            // Quarters, so that there are ties.
            maxima[i] = (1 + random.below(12)) / 4f;
        }

        List<FeaturePart> top = IntStream.range(0, maxima.length)
                .boxed()
                .sorted(Comparator.comparing(i -> -maxima[i]))
                .limit(TOP)
                .map(i -> new FeaturePart(active.get(i), maxima[i], maxima[i] / 2, 1, (number + active.get(i)) % 16))
                .toList();
        FeaturesPart features = new FeaturesPart(
                "sae", active.stream().mapToInt(Integer::intValue).toArray(), maxima, top, 0.5);
        String label = number % 10 == 0 ? null : number % 3 == 0 ? "cup" : number % 3 == 1 ? "mug" : "vase";
        Boolean correct = (label == null || label.equals("vase")) ? null : random.below(3) > 0;
        Map<String, String> attributes = number % 4 == 0
                ? Map.of("site", north ? "north" : "south", "vendor", " ")
                : Map.of("site", north ? "north" : "south", "vendor", "v" + number % 2);
        return row("image " + number, label, correct, attributes, features);
    }

    private static EvidenceRow row(
            String id,
            @Nullable String label,
            @Nullable Boolean correct,
            Map<String, String> attributes,
            @Nullable FeaturesPart features) {
        return new EvidenceRow(
                id,
                id,
                0,
                label,
                label == null ? null : 0,
                attributes,
                null,
                new DecodedPart(4, 4, 100, "digest"),
                null,
                new PredictionPart("cup", 0, correct, 0.6, 0.6, 0.2, 0.5, 0.5, new float[] {1, 0}),
                List.of(),
                List.of(),
                features,
                List.of(),
                0,
                0,
                0,
                0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void featuresAreCountedAsInAPlainLoop(int partitions, SparkSession spark) {
        List<FeatureRow> rows = FeatureStage.features(evidence(spark, partitions), IMAGES.size(), "sae", FEATURES, "r")
                .collectAsList();

        assertThat(rows).extracting(FeatureRow::feature).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8);
        for (FeatureRow row : rows) {
            List<Exemplar> all = exemplars(row.feature());
            assertThat(row.images()).isEqualTo(all.size());
            assertThat(row.frequency()).isEqualTo(all.size() / 61.0);
            assertThat(row.dead()).isEqualTo(row.feature() == 8);
            assertThat(row.topImages()).containsExactlyElementsOf(all.subList(0, Math.min(10, all.size())));
            if (row.dead()) {
                assertThat(row.meanActivation()).isNull();
                assertThat(row.maxActivation()).isNull();
            } else {
                double sum = all.stream().mapToDouble(Exemplar::activation).sum();
                assertThat(row.meanActivation()).isCloseTo(sum / all.size(), within(ROUNDING));
                assertThat(row.maxActivation()).isEqualTo(all.get(0).activation());
            }
        }
    }

    /** Of the images in which a feature is not among the strongest it is not known where it is the most active. */
    private static List<Exemplar> exemplars(int feature) {
        List<Exemplar> all = new ArrayList<>();
        for (EvidenceRow image : IMAGES) {
            float activation = activation(image, feature);
            if (activation > 0) {
                Integer patch = Objects.requireNonNull(image.features()).top().stream()
                        .filter(part -> part.feature() == feature)
                        .map(FeaturePart::maxPatch)
                        .findFirst()
                        .orElse(null);
                all.add(new Exemplar(image.imageId(), activation, patch));
            }
        }

        all.sort(Comparator.comparing((Exemplar one) -> -one.activation()).thenComparing(Exemplar::imageId));
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void associationsAreThoseOfAllPairsOfImages(int partitions, SparkSession spark) {
        AssociationStage stage = AssociationStage.of(PLAN, active(), IMAGES.size(), remark -> {});
        List<AssociationStage.Found> found = stage.associations(evidence(spark, partitions));

        // Feature 7 is active in three images only. Groups: two sites, three vendors, three labels, errors.
        assertThat(stage.features()).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(found).hasSize(7 * (2 + 3 + 3 + 1));
        for (AssociationStage.Found one : found) {
            Group group = one.association().group();
            Predicate<EvidenceRow> in = switch (one.kind()) {
                case LABEL -> image -> image.label() != null;
                case ERROR -> image -> image.prediction().correct() != null;
                case ATTRIBUTE -> image -> true;
            };
            Predicate<EvidenceRow> own = switch (one.kind()) {
                case LABEL -> image -> group.value().equals(image.label());
                case ERROR -> image -> !image.prediction().correct();
                case ATTRIBUTE -> image -> group.value().equals(value(image, group.attribute()));
            };
            assertAssociation(
                    one.association(),
                    IMAGES.stream().filter(in).filter(own).toList(),
                    IMAGES.stream().filter(in).filter(own.negate()).toList());
        }
    }

    private static String value(EvidenceRow image, String attribute) {
        String value = Objects.requireNonNull(image.attributes().get(attribute));
        return value.isBlank() ? Group.MISSING : value;
    }

    private static void assertAssociation(
            FeatureAssociation association, List<EvidenceRow> group, List<EvidenceRow> others) {
        int feature = association.feature();
        double pairs = 0;
        for (EvidenceRow one : group) {
            for (EvidenceRow other : others) {
                float difference = activation(one, feature) - activation(other, feature);
                pairs += difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
            }
        }

        assertThat(association.n()).isEqualTo(group.size());
        assertThat(association.referenceN()).isEqualTo(others.size());
        assertThat(association.active()).isEqualTo(count(group, feature));
        assertThat(association.referenceActive()).isEqualTo(count(others, feature));
        assertThat(association.auroc()).isCloseTo(pairs / group.size() / others.size(), within(ROUNDING));
        assertThat(association.qValue()).isBetween(association.pValue(), 1.0);
    }

    private static long count(List<EvidenceRow> images, int feature) {
        return images.stream().filter(image -> activation(image, feature) > 0).count();
    }

    @Test
    void aFeatureOfOneSiteIsFoundThere(SparkSession spark) {
        List<AssociationStage.Found> found =
                AssociationStage.of(PLAN, active(), IMAGES.size(), remark -> {}).associations(evidence(spark, 2));

        AssociationStage.Found strongest = found.stream()
                .min(Comparator.comparing(one -> one.association().pValue()))
                .orElseThrow();
        assertThat(strongest.kind()).isEqualTo(AssociationKind.ATTRIBUTE);
        assertThat(strongest.association().group().attribute()).isEqualTo("site");
        assertThat(strongest.association().feature()).isEqualTo(1);
        assertThat(strongest.association().qValue()).isLessThan(1e-6);
    }

    @Test
    void ofTooManyFeaturesThoseNearestToHalfOfTheImagesAreTaken() {
        Map<Integer, Long> active = new TreeMap<>();
        for (int j = 0; j <= AssociationStage.MOST_FEATURES; j++) {
            active.put(j, j == 17 ? 100L : 60L);
        }

        List<String> remarks = new ArrayList<>();
        AssociationStage stage = AssociationStage.of(PLAN, active, 100, remarks::add);

        assertThat(stage.features()).hasSize(AssociationStage.MOST_FEATURES).doesNotContain(17);
        assertThat(remarks)
                .containsExactly("feature_associations is about 2000 of the 2001 features that are active in at least 5"
                        + " images: those that are active in the most nearly half of all images");
    }

    @Test
    void withoutImagesAllFeaturesAreDeadAndNothingIsAssociated(SparkSession spark) {
        Dataset<Row> none = evidence(spark, 1).where("false");

        assertThat(FeatureStage.features(none, 0, "sae", 2, "r").collectAsList())
                .allMatch(row ->
                        row.dead() && row.frequency() == null && row.topImages().isEmpty())
                .hasSize(2);
        assertThat(new AssociationStage(PLAN, List.of()).associations(none)).isEmpty();
    }

    private static Map<Integer, Long> active() {
        Map<Integer, Long> active = new TreeMap<>();
        for (int j = 0; j < FEATURES - 1; j++) {
            active.put(j, count(IMAGES, j));
        }

        return active;
    }

    private static float activation(EvidenceRow image, int feature) {
        FeaturesPart features = Objects.requireNonNull(image.features());
        for (int i = 0; i < features.active().length; i++) {
            if (features.active()[i] == feature) {
                return features.maxima()[i];
            }
        }

        return 0;
    }

    private static Dataset<Row> evidence(SparkSession spark, int partitions) {
        return EditedImages.evidence(spark, IMAGES).repartition(partitions);
    }
}
