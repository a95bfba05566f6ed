package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CorruptionReferenceTest {

    private static final double ROUNDING = 1e-12;

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
}
