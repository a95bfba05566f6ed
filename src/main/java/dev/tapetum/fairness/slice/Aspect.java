package dev.tapetum.fairness.slice;

import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.Observation;
import dev.tapetum.fairness.Select;
import java.io.Serializable;
import java.util.List;

/** A question about an image that has one answer; an aspect and an answer make a {@link Literal}. */
public sealed interface Aspect extends Serializable {

    /** What it asks, for people. */
    String name();

    /** Whether a slice may be told by this alone. */
    default boolean alone() {
        return true;
    }

    /** The answer for an image that the model scored. */
    String answer(Observation image);

    /** The condition that images of this answer meet, for people. */
    String text(String answer);

    /** The same as a condition in Spark SQL on a row of {@code predictions}. */
    String condition(String answer);

    /** The value of an attribute of the data set, or {@link Group#MISSING}. */
    record Attribute(String name) implements Aspect {
        @Override
        public String answer(Observation image) {
            return Group.of(image.attributes(), name).value();
        }

        @Override
        public String text(String answer) {
            return name + " = " + answer;
        }

        @Override
        public String condition(String answer) {
            String column = "attributes[" + Select.literal(name) + "]";
            String equal = column + " = " + Select.literal(answer);
            // Java's notion of blank, as in Group.of; SQL's trim knows only the space.
            return answer.equals(Group.MISSING)
                    ? "(" + column + " IS NULL OR " + column + " RLIKE " + Select.literal("^\\p{javaWhitespace}*$")
                            + " OR " + equal + ")"
                    : equal;
        }
    }

    /**
     * The class that the model predicted. Alone it tells no slice: how often the model is wrong when it says a class is the
     * precision of that class, and no group of images is the worse for it.
     *
     * @param classes the names of the classes in the order of their indices
     */
    record PredictedClass(List<String> classes) implements Aspect {
        public PredictedClass {
            classes = List.copyOf(classes);
        }

        @Override
        public String name() {
            return "the predicted class";
        }

        @Override
        public boolean alone() {
            return false;
        }

        @Override
        public String answer(Observation image) {
            return classes.get(image.predicted());
        }

        @Override
        public String text(String answer) {
            return "predicted = " + answer;
        }

        @Override
        public String condition(String answer) {
            return "predicted = " + Select.literal(answer);
        }
    }

    /**
     * Whether a feature of the run's autoencoder is active in the image. Its condition goes by {@code feature_activations}, which
     * has at most {@code sae.top} features of an image, the strongest: of images with more, some may be lacking.
     */
    record Feature(int index) implements Aspect {
        private static final String ACTIVE = "active";
        private static final String NOT_ACTIVE = "not active";

        /** Both answers. */
        public static final List<String> ANSWERS = List.of(ACTIVE, NOT_ACTIVE);

        @Override
        public String name() {
            return "feature " + index;
        }

        @Override
        public String answer(Observation image) {
            return image.features().contains(index) ? ACTIVE : NOT_ACTIVE;
        }

        @Override
        public String text(String answer) {
            return "feature " + index + " " + answer;
        }

        @Override
        public String condition(String answer) {
            return (answer.equals(ACTIVE) ? "EXISTS" : "NOT EXISTS")
                    + " (SELECT 1 FROM feature_activations AS f WHERE f.image_id = predictions.image_id AND f.feature = "
                    + index + ")";
        }
    }
}
