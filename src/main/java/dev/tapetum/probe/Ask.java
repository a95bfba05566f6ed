package dev.tapetum.probe;

import dev.tapetum.model.Rule;
import dev.tapetum.model.Tap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a probe wants to know about a stimulus. */
public sealed interface Ask permits Ask.Logits, Ask.Pixels, Ask.Activation, Ask.Features, Ask.Steered, Ask.OfClass {

    /** The one instance that everybody needs. */
    Ask LOGITS = new Logits();

    /** The logits of all classes: one forward evaluation. */
    record Logits() implements Ask {}

    /** The one instance that everybody needs. */
    Ask PIXELS = new Pixels();

    /**
     * What the stimulus looks like: its normalised values, drawn by the device. No evaluation of the model; for stimuli that a
     * device draws much faster than a program could.
     */
    record Pixels() implements Ask {}

    /** The activation at a tap, and no logits: the model is run up to the tap, which counts as a forward evaluation. */
    record Activation(Tap tap) implements Ask {

        public Activation {
            Objects.requireNonNull(tap, "tap");
        }
    }

    /**
     * The features that are active in the activation at a tap, and no logits: as with {@link Activation}, a forward evaluation.
     *
     * @param encoder of tokens of the tap's channels
     * @param top features of which it is told how they lie on the grid, at least 1
     * @param grids features whose activation at every position is told, active or not
     */
    record Features(Tap tap, TokenEncoder encoder, int top, List<Integer> grids) implements Ask {

        public Features(Tap tap, TokenEncoder encoder, int top) {
            this(tap, encoder, top, List.of());
        }

        public Features {
            if (encoder.width() != tap.channels()) {
                throw new IllegalArgumentException("An encoder of tokens of " + encoder.width() + " at tap '"
                        + tap.name() + "' of " + tap.channels() + " channels");
            }

            if (top < 1) {
                throw new IllegalArgumentException("top must be at least 1, not " + top);
            }

            grids = List.copyOf(grids);
            grids.forEach(feature -> Objects.checkIndex(feature, encoder.features()));
        }
    }

    /**
     * The logits of all classes for an activation that is shifted on its way up. It counts as a forward evaluation, although a
     * device may run the layers above the tap only, from an activation that it kept.
     */
    record Steered(TapShift shift) implements Ask {

        public Steered {
            Objects.requireNonNull(shift, "shift");
        }
    }

    /** What is asked about one class. */
    sealed interface OfClass extends Ask permits Field, TapGradient {

        int target();
    }

    /** What is answered with a value per input value, which can go into sums on the device: one gradient evaluation. */
    sealed interface Field extends OfClass permits InputGradient, RuleField {}

    /** What of a class is differentiated. */
    enum Output {
        /** The class's logit, {@code F_c}. */
        LOGIT,
        /** The class's softmax probability, {@code p_c}. */
        PROBABILITY,
        /** The variance over classes of the softmax probabilities, {@link Softmax#variance()}: of no class, but of all. */
        SPREAD
    }

    /**
     * The gradient of the logit or the probability of class {@code target}, or of the spread of all probabilities, with respect
     * to the input. The logits come with it.
     *
     * @param target 0 for a spread whatever was given, so that equal questions are equal
     */
    record InputGradient(int target, Output of) implements Field {

        public InputGradient {
            Objects.requireNonNull(of, "of");
            target = of == Output.SPREAD ? 0 : target;
        }

        public InputGradient(int target) {
            this(target, Output.LOGIT);
        }

        /**
         * The gradient of what is asked with respect to the logits: what a model has to pull back to its input.
         *
         * <ul>
         *   <li>Of a logit it is one at the target.
         *   <li>Of a probability it is {@code p_c (e_c − p)}, since {@code ∂p_c/∂F_k = p_c (1[k = c] − p_k)}.
         *   <li>The spread is {@code Σ_j p_j²/C − 1/C²}, so of it {@code ∂/∂F_k = (2/C) Σ_j p_j p_j (1[j = k] − p_k) = (2/C) p_k (p_k
         *       − Σ_j p_j²)}. It adds up to zero, and vanishes where all probabilities are alike.
         * </ul>
         */
        public float[] cotangent(float[] logits) {
            float[] cotangent = new float[logits.length];
            if (of == Output.LOGIT) {
                cotangent[target] = 1;
                return cotangent;
            }

            Softmax softmax = Softmax.of(logits);
            double squares = softmax.sumOfSquares();
            for (int k = 0; k < cotangent.length; k++) {
                double p = softmax.probability(k);
                double own = k == target ? 1 : 0;
                cotangent[k] = (float)
                        (of == Output.SPREAD
                                ? 2 * p * (p - squares) / cotangent.length
                                : softmax.probability(target) * (own - p));
            }

            return cotangent;
        }
    }

    /**
     * The field of a rule of the bundle.
     *
     * @param parameter the percentile of {@link Rule#RECT_GRAD}, the ε of {@link Rule#LRP_EPSILON}; 0 for the others
     * @param against the reference of {@link Rule#DEEP_LIFT}, the vector of {@link Rule#CURVATURE}; none for the others
     */
    record RuleField(
            Rule rule,
            int target,
            double parameter,
            @Nullable Stimulus against) implements Field {

        public RuleField {
            Objects.requireNonNull(rule, "rule");
            boolean needsAnother = rule == Rule.DEEP_LIFT || rule == Rule.CURVATURE;
            if (needsAnother != (against != null)) {
                throw new IllegalArgumentException(
                        rule.text() + (needsAnother ? " needs another input" : " is about one input only"));
            }
        }
    }

    /**
     * The activation at a tap and the gradient of the logit of class {@code target} with respect to it: one gradient
     * evaluation, from the tap upwards. The logits come with it.
     */
    record TapGradient(Tap tap, int target) implements OfClass {

        public TapGradient {
            Objects.requireNonNull(tap, "tap");
        }
    }
}
