package dev.tapetum.attribution;

import dev.tapetum.probe.Seeds;
import dev.tapetum.probe.Stimulus;
import dev.tapetum.spec.Discriminator;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** What stands for "nothing there" in a method that compares an image with its absence. */
@Discriminator("baseline")
public sealed interface Baseline extends Serializable
        permits Baseline.Black,
                Baseline.White,
                Baseline.Mean,
                Baseline.Blur,
                Baseline.Noise,
                Baseline.MaxDistance,
                Baseline.Sample {

    /** The baseline of one subject, as a stimulus of the same image. */
    Stimulus of(Subject subject);

    /** All pixels black. */
    record Black() implements Baseline {

        @Override
        public Stimulus of(Subject subject) {
            return new Stimulus.Solid(subject.input().level(0));
        }
    }

    /** All pixels white. */
    record White() implements Baseline {

        @Override
        public Stimulus of(Subject subject) {
            return new Stimulus.Solid(subject.input().level(1));
        }
    }

    /** The mean colour of the bundle's normalisation: zero in normalised units. */
    record Mean() implements Baseline {

        @Override
        public Stimulus of(Subject subject) {
            return Stimulus.Solid.zero(subject.input());
        }
    }

    /**
     * The image itself, blurred.
     *
     * @param sigma standard deviation of the Gaussian, in pixels of the model's input
     */
    record Blur(double sigma) implements Baseline {

        public Blur {
            if (!(sigma > 0)) {
                throw new IllegalArgumentException("sigma is in pixels and above zero, not " + sigma);
            }
        }

        @Override
        public Stimulus of(Subject subject) {
            return new Stimulus.Blurred(subject.stimulus(), sigma);
        }
    }

    /**
     * Per pixel and channel black or white, whichever is farther from the image: nothing in the image looks absent,
     * as black does to a black baseline. Sturmfels, Lundberg and Lee 2020 (Distill, "Visualizing the impact of
     * feature attribution baselines").
     */
    record MaxDistance() implements Baseline {

        @Override
        public Stimulus of(Subject subject) {
            return new Stimulus.Farthest(subject.stimulus());
        }
    }

    /** Independent uniform values between black and white, another draw for every image. */
    record Noise() implements Baseline {

        @Override
        public Stimulus of(Subject subject) {
            return new Stimulus.UniformNoise(Seeds.of(subject.seed(), "noise-baseline", 0));
        }
    }

    /**
     * Another image of the dataset: one of the few that the run draws as references, each as likely. The image
     * itself, if it is among them, is passed over for the next one, unless there is no other.
     */
    record Sample() implements Baseline {

        @Override
        public Stimulus of(Subject subject) {
            List<float[]> references = subject.references();
            if (references.isEmpty()) {
                throw new IllegalStateException("A baseline of sample needs references, and the subject has none");
            }

            double drawn = Seeds.uniform(Seeds.of(subject.seed(), "sample-baseline", 0));
            int index = (int) (drawn * references.size());
            if (Arrays.equals(references.get(index), subject.image())) {
                index = (index + 1) % references.size();
            }

            return new Stimulus.Pixels(references.get(index));
        }
    }
}
