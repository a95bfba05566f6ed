package dev.tapetum.attributionmetric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CorrelationTest {

    private static final double TOLERANCE = 1e-12;

    @Test
    void tiesShareTheirMeanRank() {
        // Ranks 1.5 1.5 3 and 1 2 3: covariance 1.5, variances 1.5 and 2.
        assertThat(Correlation.SPEARMAN.of(new float[] {0, -0f, 5}, new float[] {1, 2, 3}))
                .isCloseTo(1.5 / Math.sqrt(1.5 * 2), within(TOLERANCE));
    }

    @Test
    void manyTiesAreRankedAsElsewhere() {
        Random random = new Random(1);
        float[] a = new float[500];
        float[] b = new float[500];
        for (int i = 0; i < a.length; i++) {
            a[i] = random.nextInt(40) - 20;
            b[i] = i % 3 == 0 ? a[i] : random.nextInt(5);
        }

        assertThat(Correlation.SPEARMAN.of(a, b))
                .isCloseTo(
                        new SpearmansCorrelation().correlation(Correlation.doubles(a), Correlation.doubles(b)),
                        within(TOLERANCE));
    }

    @ParameterizedTest
    @EnumSource
    void aMapThatIsNotFiniteHasNoCorrelation(Correlation correlation) {
        float[] finite = {1, 2, 4};

        assertThat(correlation.of(finite, finite)).isCloseTo(1, within(TOLERANCE));
        assertThat(correlation.of(finite, new float[] {1, 2, Float.NaN})).isNaN();
        assertThat(correlation.of(new float[] {1, Float.POSITIVE_INFINITY, 2}, finite))
                .isNaN();
    }

    @Test
    void aConstantMapHasNoCorrelation() {
        assertThat(Correlation.SPEARMAN.of(new float[] {1, 1}, new float[] {1, 2}))
                .isNaN();
    }
}
