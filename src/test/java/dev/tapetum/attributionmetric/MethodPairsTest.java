package dev.tapetum.attributionmetric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.attribution.Attributor;
import dev.tapetum.attribution.InputXGradient;
import dev.tapetum.attribution.Saliency;
import dev.tapetum.attributionmetric.Explanation.Other;
import dev.tapetum.probe.Answers;
import dev.tapetum.probe.Program;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class MethodPairsTest {

    private static final Agreement RANKS = new Agreement(Correlation.SPEARMAN);
    private static final Explanation ALONE = Measuring.explanation(new Saliency(false), null, 1, 2, 3, 4);

    /** One says twice the same, the other the opposite of it. */
    private static final Explanation AMONG = among(
            new Other(new InputXGradient(), Measuring.attribution(2, 4, 6, 8)),
            new Other(new Saliency(true), Measuring.attribution(-4, 3, 2, 1)));

    @Test
    void everyOtherMethodHasAReadingOfItsOwnAfterTheMean() {
        assertThat(readings(RANKS, AMONG))
                .extracting(Reading::detail)
                .containsExactly(null, "input-x-gradient", "saliency(abs=true)");
    }

    @Test
    void ranksAreComparedWithEachOtherMethod() {
        assertThat(readings(RANKS, AMONG))
                .extracting(Reading::value)
                .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1, Double.class)
                .containsExactly(0.0, 1.0, -1.0);
    }

    @Test
    void theMostImportantPixelsAreComparedWithEachOtherMethod() {
        // Two of four: {2, 3} against {2, 3} and {0, 1}; three: {1, 2, 3} against itself and {0, 1, 2}.
        assertThat(readings(new TopKAgreement(0.5), AMONG))
                .extracting(Reading::value)
                .containsExactly(0.5, 1.0, 0.0);
        assertThat(readings(new TopKAgreement(0.75), AMONG))
                .extracting(Reading::value)
                .containsExactly((1 + 2 / 3.0) / 2, 1.0, 2 / 3.0);
    }

    @Test
    void aRunOfOneMethodHasNobodyToAgreeWith() {
        assertThat(readings(RANKS, ALONE)).singleElement().satisfies(reading -> {
            assertThat(reading.detail()).isNull();
            assertThat(reading.value()).isNaN();
        });
    }

    @Test
    void aConstantMapHasNoRanksAndIsNotInTheMean() {
        Explanation explanation = among(
                new Other(new InputXGradient(), Measuring.attribution(2, 4, 6, 8)),
                new Other(new Saliency(true), Measuring.attribution(1, 1, 1, 1)));
        List<Reading> readings = readings(RANKS, explanation);

        assertThat(readings.get(0).value()).isCloseTo(1, within(1e-12));
        assertThat(readings.get(2).value()).isNaN();
    }

    /** What is shared must not show: not in the last bit, which tells the two directions of a pair apart. */
    @ParameterizedTest
    @MethodSource("pairs")
    void allMethodsTogetherAreReadAsEachAlone(AttributionMetric metric) {
        Random random = new Random(2);
        List<Other> all = Stream.<Attributor>of(new Saliency(false), new Saliency(true), new InputXGradient())
                .map(method -> new Other(method, Measuring.attribution(random(random, 400))))
                .toList();
        List<Explanation> explanations = all.stream()
                .map(one -> new Explanation(
                        Measuring.explanation(one.method(), null, new float[400])
                                .subject(),
                        one.method(),
                        one.attribution(),
                        all.stream()
                                .filter(other -> !other.method().equals(one.method()))
                                .toList(),
                        null,
                        null))
                .toList();
        Program<List<List<List<Reading>>>> program = new Measurement(List.of(metric, RANKS), explanations).program();
        assertThat(program.next(Answers.NONE)).isNull();

        assertThat(program.result())
                .isEqualTo(explanations.stream()
                        .map(one -> List.of(readings(metric, one), readings(RANKS, one)))
                        .toList());
    }

    static Stream<AttributionMetric> pairs() {
        return Stream.of(
                RANKS, new Agreement(Correlation.PEARSON), new Agreement(Correlation.KENDALL), new TopKAgreement(0.1));
    }

    private static float[] random(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }

        return values;
    }

    private static Explanation among(Other... others) {
        return new Explanation(ALONE.subject(), ALONE.method(), ALONE.attribution(), List.of(others), null, null);
    }

    private static List<Reading> readings(AttributionMetric metric, Explanation explanation) {
        Program<List<Reading>> program = metric.program(explanation);
        assertThat(program.next(Answers.NONE)).isNull();
        return program.result();
    }
}
