package dev.tapetum.attribution;

import dev.tapetum.probe.Contribution.Transform;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Stimulus;
import dev.tapetum.spec.Discriminator;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A way from an input that says nothing to the image, in steps. */
@Discriminator("path")
public sealed interface GradientPath extends Serializable
        permits GradientPath.Straight, GradientPath.Blur, GradientPath.Guided {

    int steps();

    /**
     * Walks the path: the target's logit at all of its {@code steps + 1} points, the image last. The gradients at all points
     * but the last are left on the device, transformed, point j's in slot j.
     */
    Program<double[]> walk(Subject subject, Transform transform);

    /**
     * Straight from a baseline, as integrated gradients go.
     *
     * @param steps equal steps
     */
    record Straight(Baseline baseline, int steps) implements GradientPath {

        public Straight {
            Objects.requireNonNull(baseline, "baseline");
            StraightPath.check(steps);
        }

        @Override
        public Program<double[]> walk(Subject subject, Transform transform) {
            return StraightPath.of(subject, baseline, steps).scores(steps, transform);
        }
    }

    /**
     * From a blur into focus, as {@link BlurIg} goes.
     *
     * @param sigma the first blur, in pixels of the model's input
     * @param steps steps, equal in the blur
     */
    record Blur(double sigma, int steps) implements GradientPath {

        public Blur {
            new BlurIg(sigma, steps, 0);
        }

        @Override
        public Program<double[]> walk(Subject subject, Transform transform) {
            List<Stimulus> points = new ArrayList<>();
            for (int j = 0; j <= steps; j++) {
                points.add(BlurIg.blurred(subject, sigma * (steps - j) / steps));
            }

            return new Waypoints(subject, points).scores(steps, transform);
        }
    }

    /** From a baseline by small gradients first, as {@link GuidedIg} goes; its parameters. */
    record Guided(Baseline baseline, int steps, double fraction, double maxDistance) implements GradientPath {

        public Guided {
            Objects.requireNonNull(baseline, "baseline");
            StraightPath.check(steps);
            if (!(fraction > 0 && fraction <= 1)) {
                throw new IllegalArgumentException(
                        "fraction is a share of the values, above 0 up to 1, not " + fraction);
            }

            if (!(maxDistance >= 0 && maxDistance <= 1)) {
                throw new IllegalArgumentException(
                        "max-distance is between 0, the straight path, and 1, not " + maxDistance);
            }
        }

        @Override
        public Program<double[]> walk(Subject subject, Transform transform) {
            return new GuidedPath(this, subject, transform).map(GuidedPath.Way::scores);
        }
    }
}
