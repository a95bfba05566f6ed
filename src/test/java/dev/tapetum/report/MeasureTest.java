package dev.tapetum.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.attributionmetric.AttributionMetric;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MeasureTest {
    @Test
    void everyMetricThatAPlanCanNameHasWords() {
        assertThat(members(AttributionMetric.class).map(MeasureTest::name)).allSatisfy(name -> {
            Measure measure = Measure.of(name);
            assertThat(measure.meaning()).isNotEmpty();
            assertThat(measure.better().isEmpty()).isEqualTo(measure.aspect() == Measure.Aspect.AGREEMENT);
        });
    }

    @Test
    void whatIsMeasuredUnderAttackIsTold() {
        Measure random = Measure.of(new Explanations.Measured("top-k", "top-k(k=0.02)", "", false));
        Measure attack = Measure.of(new Explanations.Measured("top-k", "top-k(k=0.02)", "", true));

        assertThat(random.aspect()).isEqualTo(Measure.Aspect.RANDOM_CHANGE);
        assertThat(attack.aspect()).isEqualTo(Measure.Aspect.ATTACK);
        assertThat(attack.title()).isEqualTo(random.title() + " under attack");
        assertThat(attack.better()).isEqualTo(random.better());
    }

    @Test
    void theOrderOfRoadDecidesWhichWayIsBetter() {
        assertThat(Measure.of(new Explanations.Measured("road", "road(order=morf,steps=50,noise=0.01)", "", false))
                        .better())
                .isEqualTo("lower is better");
        assertThat(Measure.of(new Explanations.Measured("road", "road(order=lerf,steps=50,noise=0.01)", "", false))
                        .better())
                .isEqualTo("higher is better");
    }

    @Test
    void anUnknownMeasureIsToldByItsName() {
        assertThat(Measure.of("future")).isEqualTo(new Measure("future", "", Measure.Aspect.OTHER, ""));
    }

    private static Stream<Class<?>> members(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(MeasureTest::members)
                : Stream.of(type);
    }

    private static String name(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
