package dev.tapetum.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TracerTest {
    private static final double DISTANCE = 6;
    private static final double RADIUS = 0.7;
    private static final double ZOOM = 0.3;

    /**
     * A ball of radius r at the distance d, in the middle of the picture, is seen within the angle asin(r / d), which is
     * {@code tan(asin(r / d)) / zoom} from the middle of a picture whose half is 1. The tracer's surface has a thickness of 0.002.
     */
    @Test
    void theSubjectIsSeenWhereItsOutlineIs() {
        double outline = StrictMath.tan(StrictMath.asin(RADIUS / DISTANCE)) / ZOOM;
        Tracer tracer = Tracer.of(scene(ball(0, 1)));
        for (int degrees = 0; degrees < 360; degrees += 45) {
            double u = StrictMath.cos(StrictMath.toRadians(degrees));
            double v = StrictMath.sin(StrictMath.toRadians(degrees));
            assertThat(tracer.showsSubject(0.98 * outline * u, 0.98 * outline * v))
                    .isTrue();
            assertThat(tracer.showsSubject(1.02 * outline * u, 1.02 * outline * v))
                    .isFalse();
        }
    }

    @Test
    void whatStandsBeforeTheSubjectIsNotTheSubject() {
        Body subject = ball(0, 1);
        Body before = ball(2, 0.3);
        assertThat(Tracer.of(scene(subject, before)).showsSubject(0, 0)).isFalse();
        assertThat(Tracer.of(scene(before, subject)).showsSubject(0, 0)).isTrue();
    }

    private static Body ball(double z, double scale) {
        return new Body(
                Shape.BALL,
                0,
                0,
                new Vec(1, 0, 0),
                new Vec(0, 1, 0),
                new Vec(0, 0, 1),
                new Vec(0, 1, z),
                scale,
                plain());
    }

    private static Material plain() {
        return new Material(Material.Pattern.PLAIN, Vec.WHITE, Vec.WHITE, 1, 0, new Noise(1));
    }

    private static Scene scene(Body... bodies) {
        return new Scene(
                List.of(bodies),
                plain(),
                plain(),
                -5,
                new Vec(0, 1, 0),
                Vec.WHITE,
                Vec.WHITE,
                8,
                new Vec(0, 1, DISTANCE),
                new Vec(0, 1, 0),
                ZOOM);
    }
}
