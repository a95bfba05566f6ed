package dev.tapetum.attributionmetric;

import dev.tapetum.probe.Seeds;
import dev.tapetum.probe.Stimulus;
import dev.tapetum.probe.Stimulus.Jittered.Shape;
import dev.tapetum.spec.Discriminator;
import java.io.Serializable;

/**
 * A small random change of the image, on the [0, 1] scale of its pixels; values beyond black and white are cut off. Draw j
 * depends on the image, the run's seed and the perturbation, so that all methods are asked about the same changed images.
 */
@Discriminator("perturbation")
public sealed interface Perturbation extends Serializable
        permits Perturbation.Sign, Perturbation.Uniform, Perturbation.Gaussian {

    Shape shape();

    double size();

    default Stimulus of(Stimulus image, long seed, int draw) {
        return new Stimulus.Jittered(
                image, shape(), size(), Seeds.of(seed, "perturbation-" + shape().name() + size(), draw));
    }

    private static void check(double size) {
        if (!(size > 0)) {
            throw new IllegalArgumentException("the size of a perturbation is above zero, not " + size);
        }
    }

    /**
     * Every value goes up or down by {@code epsilon}.
     *
     * @param epsilon on the [0, 1] scale
     */
    record Sign(double epsilon) implements Perturbation {

        public Sign {
            check(epsilon);
        }

        @Override
        public Shape shape() {
            return Shape.SIGN;
        }

        @Override
        public double size() {
            return epsilon;
        }
    }

    /**
     * Every value changes by a uniform number between −{@code radius} and {@code radius}.
     *
     * @param radius on the [0, 1] scale
     */
    record Uniform(double radius) implements Perturbation {

        public Uniform {
            check(radius);
        }

        @Override
        public Shape shape() {
            return Shape.UNIFORM;
        }

        @Override
        public double size() {
            return radius;
        }
    }

    /**
     * Every value changes by a normal number.
     *
     * @param sigma standard deviation on the [0, 1] scale
     */
    record Gaussian(double sigma) implements Perturbation {

        public Gaussian {
            check(sigma);
        }

        @Override
        public Shape shape() {
            return Shape.NORMAL;
        }

        @Override
        public double size() {
            return sigma;
        }
    }
}
