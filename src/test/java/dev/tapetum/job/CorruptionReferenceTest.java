package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.SparkExtension;
import dev.tapetum.config.PlanFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
final class CorruptionReferenceTest {

    private static final double ROUNDING = 1e-12;
    private static final String FOG = "interventions=[corruption(fog)]";

    @TempDir
    private Path folder;

    @Test
    void errorsAreRelativeToTheReference() {
        CorruptionReference reference = new CorruptionReference(0.4, Map.of("fog", 0.8, "snow", 0.5));
        Map<String, Double> own = Map.of("fog", 0.6, "snow", 0.4);

        // (0.6/0.8 + 0.4/0.5) / 2, and ((0.6 − 0.2)/(0.8 − 0.4) + (0.4 − 0.2)/(0.5 − 0.4)) / 2.
        assertThat(reference.meanError(own)).isCloseTo(0.775, within(ROUNDING));
        assertThat(reference.meanAddedError(own, 0.2)).isCloseTo(1.5, within(ROUNDING));
        assertThat(reference.noAddedError("run night")).isNull();
        // The model itself may well be better under a corruption.
        assertThat(reference.meanAddedError(Map.of("fog", 0.0), 0.2)).isCloseTo(-0.5, within(ROUNDING));
    }

    /** 1 − 0.7 is 0.30000000000000004 in doubles, and 1 − 0.9 is 0.09999999999999998: neither may make a difference of 3e-17. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.3, 0.2})
    void aReferenceToWhichACorruptionAddsNoErrorsGivesNoRatio(double error) {
        double clean = error == 0.2 ? 0.25 : 1 - (1 - error);
        CorruptionReference reference = new CorruptionReference(clean, Map.of("fog", 0.8, "jpeg", error));

        assertThat(reference.meanAddedError(Map.of("fog", 0.6, "jpeg", 0.4), 0.2))
                .isNaN();
        assertThat(reference.meanError(Map.of("fog", 0.6, "jpeg", error))).isCloseTo((0.75 + 1) / 2, within(ROUNDING));
    }

    @Test
    void theRemarkNamesTheCorruptionsAndTheNumbers() {
        assertThat(new CorruptionReference(0.25, Map.of("fog", 0.8, "snow", 0.25, "jpeg", 0.125))
                        .noAddedError("run night"))
                .isEqualTo(
                        "Relative mCE is not reported: on the images as they are the error of run night is 25.0%, and no"
                                + " larger under jpeg (12.5%), snow (25.0%), so there is no added error to divide by");
    }

    @Test
    void withoutAnErrorOnTheImagesAsTheyAreThereIsNoRatioEither() {
        CorruptionReference reference = new CorruptionReference(Double.NaN, Map.of("fog", 0.8));

        assertThat(reference.meanAddedError(Map.of("fog", 0.6), 0.2)).isNaN();
        assertThat(reference.noAddedError("run night"))
                .isEqualTo(
                        "Relative mCE is not reported: on the images as they are the error of run night is not known, so"
                                + " there is no added error to divide by");
    }

    /** Accuracy is of all images, and half of the harder ones may have been drawn: what fog adds to the errors of these is 0.1. */
    @Test
    void anEarlierRunsErrorsAreOfTheSameImagesWithCorruptionAndWithout(SparkSession spark) {
        ReferenceRun.write(
                spark,
                out(),
                night("property-gradients.sample=20"),
                Map.of("accuracy", 0.9, "corruption.error.mean[fog]", 0.6, "corruption.clean-error.mean", 0.5));

        CorruptionReference reference = reference(spark);
        assertThat(reference.clean()).isEqualTo(0.5);
        assertThat(reference.errors()).isEqualTo(Map.of("fog", 0.6));
        assertThat(reference.meanAddedError(Map.of("fog", 0.45), 0.4)).isCloseTo(0.5, within(ROUNDING));
    }

    @Test
    void anOlderRunHasTheErrorOfAllImagesWhereAllWereCorrupted(SparkSession spark) {
        Map<String, Double> values = Map.of("accuracy", 0.9, "corruption.error.mean[fog]", 0.6);

        ReferenceRun.write(spark, out(), night(), values);
        assertThat(reference(spark).clean()).isCloseTo(0.1, within(ROUNDING));

        ReferenceRun.write(spark, out(), night("property-gradients.sample=20"), values);
        assertThat(reference(spark).clean()).isNaN();
        assertThat(reference(spark).noAddedError("run night"))
                .contains("on the images as they are the error of run night is not known");

        ReferenceRun.write(spark, out(), "night", "a plan = of { another, version = 0 }", values);
        assertThat(reference(spark).clean()).isNaN();
    }

    private String out() {
        return folder.resolve("moved").toString();
    }

    private PlanFile night(String... options) {
        String[] all = Arrays.copyOf(options, options.length + 1);
        all[options.length] = FOG;
        return new DemoAudit(folder).plan("night", all);
    }

    /** That of a plan whose output has moved since. */
    private CorruptionReference reference(SparkSession spark) {
        PlanFile file = new DemoAudit(folder).plan("later", FOG, "property-gradients.corruption-reference=night");
        return Objects.requireNonNull(CorruptionReference.of(spark, file, out()));
    }
}
