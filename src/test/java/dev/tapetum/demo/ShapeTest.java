package dev.tapetum.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ShapeTest {
    private static final int POINTS = 20_000;

    /** Room for rounding in a chain of some ten double operations. */
    private static final double ROUNDING = 1e-9;

    @ParameterizedTest
    @EnumSource(Shape.class)
    void aDistanceNeverGrowsFasterThanTheWayToTheSurface(Shape shape) {
        // Sphere tracing steps by the distance: it misses the surface if a distance changes faster than the point
        // moves.
        SeededRandom random = new SeededRandom(3);
        for (int i = 0; i < POINTS; i++) {
            double slim = random.unit();
            double tall = random.unit();
            Vec a = somewhere(random);
            Vec b = a.plus(somewhere(random).times(0.1));
            double change = Math.abs(distance(shape, a, slim, tall) - distance(shape, b, slim, tall));
            assertThat(change).isLessThanOrEqualTo(a.minus(b).length() + ROUNDING);
        }
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void everyShapeHasAnInsideAndStaysWithinItsReach(Shape shape) {
        SeededRandom random = new SeededRandom(5);
        int inside = 0;
        for (int i = 0; i < POINTS; i++) {
            Vec point = somewhere(random);
            if (distance(shape, point, random.unit(), random.unit()) < 0) {
                inside++;
                assertThat(point.length()).isLessThan(Shape.REACH);
            }
        }

        assertThat(inside).isPositive();
    }

    @Test
    void everyClassHasItsShape() {
        List<String> shapes = Arrays.stream(Shape.values())
                .map(shape -> shape.name().toLowerCase(Locale.ROOT))
                .toList();

        assertThat(shapes).containsAll(PlantedFacts.CLASSES);
    }

    private static double distance(Shape shape, Vec point, double slim, double tall) {
        return shape.distance(point.x(), point.y(), point.z(), slim, tall);
    }

    private static Vec somewhere(SeededRandom random) {
        return new Vec(random.between(-1.6, 1.6), random.between(-1.6, 1.6), random.between(-1.6, 1.6));
    }
}
