package dev.tapetum.attributionmetric;

import dev.tapetum.UserError;
import dev.tapetum.attribution.Subject;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Seeds;
import dev.tapetum.probe.Stimulus;
import dev.tapetum.probe.Stimulus.Jittered.Shape;
import dev.tapetum.spec.Discriminator;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** How an image is changed a little before it is attributed again. Sizes are on the [0, 1] scale of pixels. */
@Discriminator("perturbation")
public sealed interface Perturbation extends Serializable permits Perturbation.Random, Attack {

    /** The changed images, one per draw; none where the perturbation has nothing to say about the image. */
    Program<List<Stimulus>> changed(Explanation explanation, int draws);

    /** Refuses a model that cannot be asked what this perturbation asks, with a sentence that says what to do. */
    default void check(ModelCard model) throws UserError {}

    /**
     * A random change; values beyond black and white are cut off. Draw j depends on the image, the run's seed and the
     * perturbation, so that all methods are asked about the same changed images.
     */
    sealed interface Random extends Perturbation permits Sign, Uniform, Gaussian {

        Shape shape();

        double size();

        @Override
        default Program<List<Stimulus>> changed(Explanation explanation, int draws) {
            Subject subject = explanation.subject();
            List<Stimulus> changed = new ArrayList<>();
            for (int j = 0; j < draws; j++) {
                long seed = Seeds.of(subject.seed(), "perturbation-" + shape().name() + size(), j);
                changed.add(new Stimulus.Jittered(subject.stimulus(), shape(), size(), seed));
            }

            return Program.done(changed);
        }
    }

    private static void requirePositive(double size) {
        if (!(size > 0)) {
            throw new IllegalArgumentException("the size of a perturbation is above zero, not " + size);
        }
    }

    /**
     * Every value goes up or down by {@code epsilon}.
     *
     * @param epsilon on the [0, 1] scale
     */
    record Sign(double epsilon) implements Random {

        public Sign {
            requirePositive(epsilon);
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
    record Uniform(double radius) implements Random {

        public Uniform {
            requirePositive(radius);
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
    record Gaussian(double sigma) implements Random {

        public Gaussian {
            requirePositive(sigma);
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
