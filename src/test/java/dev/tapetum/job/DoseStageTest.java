package dev.tapetum.job;

import static dev.tapetum.job.EditedImages.image;
import static dev.tapetum.job.EditedImages.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.SparkExtension;
import dev.tapetum.config.Plan;
import dev.tapetum.table.DoseResponseRow;
import dev.tapetum.table.EvidenceRow;
import dev.tapetum.table.InterventionPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class DoseStageTest {

    private static final double ROUNDING = 1e-12;
    private static final String SERIES = "series(manifest=edits.csv,property=dark)";
    private static final Plan PLAN =
            EditedImages.plan("[ { editor = series, manifest = edits.csv, property = dark } ]");

    /**
     * Photographs at 1, 2 and 4 of one image and at 2, 3 and 4 of another: the second step of the first and the first step of the
     * second are both at 2, where the mean is (3·0.4 + 0.8) / 4 = 0.5 with weights 3 and 1; no two points are one.
     */
    @Test
    void imagesShareAPointWhereTheirStrengthsAreEqualAndNowhereElse(SparkSession spark) {
        List<EvidenceRow> images = List.of(
                image("a", null, "x", part(SERIES, 3, new double[] {1, 2, 4}, new double[] {0.1, 0.4, 0.5})),
                image("b", null, "y", part(SERIES, 1, new double[] {2, 3, 4}, new double[] {0.8, 0.6, 0.9})));

        List<DoseResponseRow> whole = whole(curves(spark, images, new ArrayList<>()));
        assertThat(whole).extracting(DoseResponseRow::strength).containsExactly(1.0, 2.0, 3.0, 4.0);
        assertThat(whole).extracting(DoseResponseRow::step).containsExactly(0, 1, 2, 3);
        assertThat(whole).extracting(DoseResponseRow::n).containsExactly(1L, 2L, 1L, 2L);
        assertThat(whole.get(1).value()).isCloseTo(0.5, within(ROUNDING));
        assertThat(whole.get(2).value()).isCloseTo(0.6, within(ROUNDING));
        assertThat(whole.get(3).value()).isCloseTo((3 * 0.5 + 0.9) / 4, within(ROUNDING));
    }

    /** A group that has only some of the strengths has their steps in the whole, so that its points stand where they belong. */
    @Test
    void theStepOfAPointIsTheRankOfItsStrengthInEveryGroup(SparkSession spark) {
        List<EvidenceRow> images = List.of(
                image("a", null, "x", part(SERIES, 1, new double[] {1, 2, 4}, new double[] {0.1, 0.4, 0.5})),
                image("b", null, "y", part(SERIES, 1, new double[] {2, 3, 4}, new double[] {0.8, 0.6, 0.9})));

        List<DoseResponseRow> ofY = curves(spark, images, new ArrayList<>()).stream()
                .filter(row -> row.group().equals("y") && row.target().equals("*"))
                .toList();
        assertThat(ofY).extracting(DoseResponseRow::step).containsExactly(1, 2, 3);
        assertThat(ofY).extracting(DoseResponseRow::strength).containsExactly(2.0, 3.0, 4.0);
    }

    /** Blank means missing, as where groups' metrics are told. */
    @Test
    void imagesWhoseAttributeIsBlankAreOfTheGroupOfThoseThatLackIt(SparkSession spark) {
        InterventionPart edits = part(SERIES, 1, new double[] {1}, new double[] {0.4});
        List<EvidenceRow> images =
                List.of(image("a", null, "", edits), image("b", null, " \t", edits), image("c", null, " x", edits));

        assertThat(curves(spark, images, new ArrayList<>()))
                .filteredOn(
                        row -> row.attribute().equals("site") && row.target().equals("*"))
                .extracting(DoseResponseRow::group, DoseResponseRow::n)
                .containsExactlyInAnyOrder(tuple("(missing)", 2L), tuple(" x", 1L));
    }

    /**
     * Patient p has images of 0.44 and 0.46, each for one, and q has one of 0.46 for two: y_p = 0.9 and y_q = 0.92 with w = 2 each,
     * so m = 1.82 / 4 = 0.455, and the residuals y_u − m w_u are ∓0.01. The error is √(2 · 0.01² · 2 / 1) / 4 = 0.005, and Student's
     * t of one degree of freedom is 12.7062 at 95%.
     */
    @Test
    void whereThereAreClustersTheIntervalIsThatOfTheirSums(SparkSession spark) {
        Plan plan = EditedImages.plan(
                "[ { editor = series, manifest = edits.csv, property = dark } ]", "dataset.cluster=patient");
        List<EvidenceRow> images = List.of(
                image("a", "p", "x", part(SERIES, 1, new double[] {1}, new double[] {0.44})),
                image("b", "p", "x", part(SERIES, 1, new double[] {1}, new double[] {0.46})),
                image("c", "q", "y", part(SERIES, 2, new double[] {1}, new double[] {0.46})));

        List<DoseResponseRow> rows =
                DoseStage.curves(EditedImages.evidence(spark, images), plan, Set.of(), "doses", remark -> {});
        DoseResponseRow point = whole(rows).get(0);

        assertThat(point.n()).isEqualTo(3);
        assertThat(point.value()).isCloseTo(0.455, within(ROUNDING));
        assertThat(point.ciLow()).isCloseTo(0.455 - 12.7062 * 0.005, within(1e-6));
        assertThat(point.ciHigh()).isCloseTo(0.455 + 12.7062 * 0.005, within(1e-6));
        // Of a single patient nothing is known about others.
        assertThat(rows)
                .filteredOn(row -> row.group().equals("x"))
                .allSatisfy(row -> assertThat(row.ciLow()).isNull());
    }

    @Test
    void aSeriesWithoutCommonStrengthsHasNoCurveAndTheRemarkSaysWhatToDo(SparkSession spark) {
        List<EvidenceRow> images = new ArrayList<>();
        for (int i = 0; i < DoseStage.MOST_STRENGTHS / 2; i++) {
            images.add(image("image " + i, null, "x", part(SERIES, 1, new double[] {i, i + 0.5}, new double[] {0, 1})));
        }

        List<String> remarks = new ArrayList<>();
        assertThat(whole(curves(spark, images, remarks))).hasSize(DoseStage.MOST_STRENGTHS);
        assertThat(remarks).isEmpty();

        images.add(image("one more", null, "x", part(SERIES, 1, new double[] {1e6}, new double[] {0.5})));
        images.add(
                image("tinted", null, "x", part("tint(steps=3)", 1, new double[] {0, 0.5, 1}, new double[] {0, 0, 1})));
        List<DoseResponseRow> rows = curves(spark, images, remarks);
        assertThat(rows).extracting(DoseResponseRow::editor).containsOnly("tint(steps=3)");
        assertThat(remarks)
                .singleElement()
                .asString()
                .contains(SERIES)
                .contains("more than 1000 different strengths")
                .endsWith("round the strengths in its manifest");
    }

    @Test
    void onlyNamedClassesHaveCurvesBesideEachImagesOwn(SparkSession spark) {
        List<EvidenceRow> images =
                List.of(image("a", null, "x", part(SERIES, 1, new double[] {1, 2}, new double[] {0.1, 0.4})));

        assertThat(DoseStage.curves(EditedImages.evidence(spark, images), PLAN, Set.of("cup"), "doses", remark -> {}))
                .extracting(DoseResponseRow::target)
                .containsOnly("*", "cup");
        assertThat(DoseStage.curves(EditedImages.evidence(spark, images), PLAN, Set.of("mug"), "doses", remark -> {}))
                .extracting(DoseResponseRow::target)
                .containsOnly("*");
    }

    private static List<DoseResponseRow> curves(SparkSession spark, List<EvidenceRow> images, List<String> remarks) {
        return DoseStage.curves(EditedImages.evidence(spark, images), PLAN, Set.of(), "doses", remarks::add);
    }

    private static List<DoseResponseRow> whole(List<DoseResponseRow> rows) {
        return rows.stream()
                .filter(row -> row.attribute().equals("*") && row.target().equals("*"))
                .toList();
    }
}
