package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.SparkExtension;
import dev.tapetum.config.Plan;
import dev.tapetum.table.DecodedPart;
import dev.tapetum.table.EvidenceRow;
import dev.tapetum.table.FeatureAblationRow;
import dev.tapetum.table.FeatureEffectPart;
import dev.tapetum.table.OutcomePart;
import dev.tapetum.table.PredictionPart;
import dev.tapetum.table.StepPart;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every image, a cup, is as likely a cup as a mug before anything is taken out: its logits are equal, so that both are at 0.5. */
@ExtendWith(SparkExtension.class)
class AblationStageTest {

    private static final double ROUNDING = 1e-9;
    private static final String ONE = "[ { editor = sae-feature, feature = 3, run = before } ]";

    /** Student's t of one degree of freedom at 95%. */
    private static final double T = 12.7062047361747;

    /**
     * Weights 3 and 1 with probabilities 0.1 and 0.3: the mean change is (3·(−0.4) + (−0.2)) / 4 = −0.35. With another feature they
     * are 0.4 and 0.5, so −0.1 and 0: −0.075; the differences are −0.3 and −0.2, so −0.275.
     */
    @Test
    void aChangeIsTheWeightedMeanOfProbabilitiesLessThoseOfTheImagesAsTheyAre(SparkSession spark) {
        List<FeatureAblationRow> rows = rows(
                spark,
                EditedImages.plan(ONE),
                Set.of(),
                image("a", null, "x", true, effects(3, 3, 0.1, 0.4, 0.5)),
                image("b", null, "y", false, effects(3, 1, 0.3, 0.5, 0.5)));

        FeatureAblationRow itself = row(rows, "none", "*", "*", "*");
        assertThat(itself.feature()).isEqualTo(3);
        assertThat(itself.n()).isEqualTo(2);
        assertThat(itself.change()).isCloseTo(-0.35, within(ROUNDING));
        assertThat(itself.difference()).isNull();
        assertThat(itself.differenceCiLow()).isNull();
        FeatureAblationRow other = row(rows, "random-feature", "*", "*", "*");
        assertThat(other.change()).isCloseTo(-0.075, within(ROUNDING));
        assertThat(other.difference()).isCloseTo(-0.275, within(ROUNDING));
        assertThat(row(rows, "random-direction", "*", "*", "*").difference()).isCloseTo(-0.35, within(ROUNDING));
    }

    /**
     * Equal weights, changes of −0.4 and −0.2: mean −0.3, residuals ∓0.1, error √(2·0.01·2/1)/2 = 0.1. Another feature takes 0.05
     * less from either image than the feature itself does, so that the difference is −0.05 on both and its interval has no width:
     * what an image does to both is no part of it.
     */
    @Test
    void differencesAreTakenImageByImage(SparkSession spark) {
        List<FeatureAblationRow> rows = rows(
                spark,
                EditedImages.plan(ONE),
                Set.of(),
                image("a", null, "x", true, effects(3, 1, 0.1, 0.15, 0.5)),
                image("b", null, "y", true, effects(3, 1, 0.3, 0.35, 0.5)));

        FeatureAblationRow itself = row(rows, "none", "*", "*", "*");
        assertThat(itself.ciLow()).isCloseTo(-1, within(ROUNDING));
        assertThat(itself.ciHigh()).isCloseTo(-0.3 + 0.1 * T, within(ROUNDING)).isGreaterThan(0);
        FeatureAblationRow other = row(rows, "random-feature", "*", "*", "*");
        assertThat(other.differenceCiLow()).isCloseTo(-0.05, within(ROUNDING));
        assertThat(other.differenceCiHigh()).isCloseTo(-0.05, within(ROUNDING));
    }

    /** Patient p has two images and q one: as many units as there are patients. */
    @Test
    void imagesOfAClusterAreOneUnit(SparkSession spark) {
        List<FeatureAblationRow> rows = rows(
                spark,
                EditedImages.plan(ONE, "dataset.cluster=patient"),
                Set.of(),
                image("a", "p", "x", true, effects(3, 1, 0.1, 0.5, 0.5)),
                image("b", "p", "x", true, effects(3, 1, 0.2, 0.5, 0.5)),
                image("c", "q", "x", true, effects(3, 1, 0.3, 0.5, 0.5)));

        assertThat(row(rows, "none", "*", "*", "*").n()).isEqualTo(3);
        assertThat(row(rows, "none", "*", "*", "*").clusters()).isEqualTo(2);
    }

    @Test
    void aFeatureThatIsSetInTwoPlacesIsToldOfEach(SparkSession spark) {
        String twice = "[ { editor = sae-feature, feature = 3, run = before },"
                + " { editor = sae-feature, feature = 3, run = before, place = mask } ]";
        List<FeatureEffectPart> both = Stream.concat(
                        effects(3, 1, 0.1, 0.5, 0.5).stream(), effects("masked", 3, 1, 0.3, 0.5, 0.5).stream())
                .toList();

        List<FeatureAblationRow> rows =
                rows(spark, EditedImages.plan(twice), Set.of(), image("a", null, "x", true, both));

        assertThat(rows)
                .filteredOn(
                        row -> row.control().equals("none") && row.attribute().equals("*"))
                .extracting(FeatureAblationRow::editor, FeatureAblationRow::n, row -> Math.round(10 * row.change()))
                .containsExactlyInAnyOrder(tuple("whole", 1L, -4L), tuple("masked", 1L, -2L));
    }

    /**
     * Changes of −0.4 and −0.2 have the mean −0.3 and the error 0.1, so t = 3 with one degree of freedom: p = 2·(1/2 − atan(3)/π) =
     * 0.204833. Another feature and the direction change nothing, so that their differences are as the changes are. Three
     * groups (all, site = x, error = right) of the same images make nine equal p-values, whose q-values are the p-value.
     */
    @Test
    void testsAreCorrectedOverAllRows(SparkSession spark) {
        List<FeatureAblationRow> rows = rows(
                spark,
                EditedImages.plan(ONE),
                Set.of(),
                image("a", null, "x", true, effects(3, 1, 0.1, 0.5, 0.5)),
                image("b", null, "x", true, effects(3, 1, 0.3, 0.5, 0.5)));

        assertThat(rows).hasSize(9).allSatisfy(row -> {
            assertThat(row.pValue()).isCloseTo(0.204833, within(1e-6));
            assertThat(row.qValue()).isCloseTo(0.204833, within(1e-6));
        });
    }

    @Test
    void groupsAndErrorsAreToldApart(SparkSession spark) {
        List<FeatureAblationRow> rows = rows(
                spark,
                EditedImages.plan(ONE),
                Set.of(),
                image("a", null, "x", true, effects(3, 1, 0.1, 0.5, 0.5)),
                image("b", null, " ", false, effects(3, 1, 0.3, 0.5, 0.5)));

        assertThat(row(rows, "none", "*", "site", "x").change()).isCloseTo(-0.4, within(ROUNDING));
        assertThat(row(rows, "none", "*", "site", "(missing)").change()).isCloseTo(-0.2, within(ROUNDING));
        assertThat(row(rows, "none", "*", "error", "right").change()).isCloseTo(-0.4, within(ROUNDING));
        assertThat(row(rows, "none", "*", "error", "wrong").change()).isCloseTo(-0.2, within(ROUNDING));
    }

    @Test
    void anAttributeNamedErrorIsTheUsersOwn(SparkSession spark) {
        List<FeatureAblationRow> rows = rows(
                spark,
                EditedImages.plan(ONE, "dataset.attributes=[error]"),
                Set.of(),
                image("a", null, "x", false, effects(3, 1, 0.1, 0.5, 0.5)));

        assertThat(rows)
                .filteredOn(row -> row.attribute().equals("error"))
                .extracting(FeatureAblationRow::group)
                .containsOnly("(missing)");
    }

    @Test
    void namedClassesAreToldBesideEachImagesOwn(SparkSession spark) {
        List<FeatureAblationRow> rows = rows(
                spark,
                EditedImages.plan(ONE),
                Set.of("cup", "mug"),
                image("a", null, "x", true, effects(3, 1, 0.1, 0.5, 0.5)));

        assertThat(row(rows, "none", "*", "*", "*").change()).isCloseTo(-0.4, within(ROUNDING));
        assertThat(row(rows, "none", "cup", "*", "*").change()).isCloseTo(-0.4, within(ROUNDING));
        assertThat(row(rows, "none", "mug", "*", "*").change()).isCloseTo(0.4, within(ROUNDING));
    }

    @Test
    void anImageWithoutAllThreeAnswersIsInNone(SparkSession spark) {
        List<FeatureEffectPart> broken = effects(3, 1, 0.1, Double.NaN, 0.5);

        List<FeatureAblationRow> rows = rows(
                spark,
                EditedImages.plan(ONE),
                Set.of(),
                image("a", null, "x", true, effects(3, 1, 0.3, 0.5, 0.5)),
                image("b", null, "x", true, broken));

        assertThat(rows).extracting(FeatureAblationRow::n).containsOnly(1L);
        assertThat(row(rows, "none", "*", "*", "*").change()).isCloseTo(-0.2, within(ROUNDING));
        assertThat(rows(spark, EditedImages.plan(ONE), Set.of(), image("b", null, "x", true, broken)))
                .isEmpty();
    }

    @Test
    void aPlanThatSetsNoFeatureHasNone(SparkSession spark) {
        assertThat(rows(spark, EditedImages.plan("[]"), Set.of(), image("a", null, "x", true, List.of())))
                .isEmpty();
    }

    private static List<FeatureAblationRow> rows(
            SparkSession spark, Plan plan, Set<String> classes, EvidenceRow... images) {
        return new AblationStage(plan, classes, "r").rows(EditedImages.evidence(spark, List.of(images)));
    }

    private static FeatureAblationRow row(
            List<FeatureAblationRow> rows, String control, String target, String attribute, String group) {
        List<FeatureAblationRow> found = rows.stream()
                .filter(row -> row.control().equals(control)
                        && row.target().equals(target)
                        && row.attribute().equals(attribute)
                        && row.group().equals(group))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    /** A feature and its controls, with the probability of a cup at 0; the value at 1 must not matter. */
    private static List<FeatureEffectPart> effects(
            int feature, double weight, double itself, double other, double direction) {
        return effects("whole", feature, weight, itself, other, direction);
    }

    private static List<FeatureEffectPart> effects(
            String editor, int feature, double weight, double itself, double other, double direction) {
        return List.of(
                effect(editor, feature, "none", feature, weight, itself),
                effect(editor, feature, "random-feature", feature + 1, weight, other),
                effect(editor, feature, "random-direction", feature, weight, direction));
    }

    private static FeatureEffectPart effect(
            String editor, int feature, String control, int acting, double weight, double p) {
        return new FeatureEffectPart(
                editor,
                "sae",
                feature,
                control,
                acting,
                weight,
                List.of(step(0, -1, 0.9), step(1, 0, p), step(2, 1, 0.8)));
    }

    private static StepPart step(int step, double strength, double p) {
        boolean valid = !Double.isNaN(p);
        return new StepPart(
                step,
                strength,
                0,
                0,
                null,
                null,
                valid,
                List.of(
                        new OutcomePart("cup", 0, true, 0, valid ? p : 0),
                        new OutcomePart("mug", 1, false, 0, valid ? 1 - p : 0)));
    }

    private static EvidenceRow image(
            String id, @Nullable String cluster, String site, boolean correct, List<FeatureEffectPart> effects) {
        return new EvidenceRow(
                id,
                id,
                0,
                "cup",
                0,
                Map.of("site", site),
                cluster,
                new DecodedPart(4, 4, 100, "digest"),
                null,
                new PredictionPart("cup", 0, correct, 0.5, 0.5, 0, 0.5, 0.5, new float[] {2, 2}),
                List.of(),
                List.of(),
                null,
                effects,
                0,
                0,
                0,
                0);
    }
}
