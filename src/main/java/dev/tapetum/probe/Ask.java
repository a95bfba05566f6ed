package dev.tapetum.probe;

import dev.tapetum.model.Tap;
import java.util.Objects;

/** What a probe wants to know about a stimulus. */
public sealed interface Ask permits Ask.Logits, Ask.InputGradient, Ask.TapGradient {

    /** The one instance that everybody needs. */
    Ask LOGITS = new Logits();

    /** The logits of all classes: one forward evaluation. */
    record Logits() implements Ask {}

    /** What of a class is differentiated. */
    enum Output {
        /** The class's logit, {@code F_c}. */
        LOGIT,
        /** The class's softmax probability, {@code p_c}. */
        PROBABILITY
    }

    /**
     * The gradient of the logit or the probability of class {@code target} with respect to the input: one gradient
     * evaluation. The logits come with it.
     */
    record InputGradient(int target, Output of) implements Ask {

        public InputGradient {
            Objects.requireNonNull(of, "of");
        }

        public InputGradient(int target) {
            this(target, Output.LOGIT);
        }

        /**
         * The gradient of what is asked with respect to the logits: what a model has to pull back to its input. It is one
         * at the target for a logit, and {@code p_c (e_c − p)} for a probability.
         */
        public float[] cotangent(float[] logits) {
            float[] cotangent = new float[logits.length];
            if (of == Output.LOGIT) {
                cotangent[target] = 1;
                return cotangent;
            }

            Softmax softmax = Softmax.of(logits);
            for (int k = 0; k < cotangent.length; k++) {
                double own = k == target ? 1 : 0;
                cotangent[k] = (float) (softmax.probability(target) * (own - softmax.probability(k)));
            }

            return cotangent;
        }
    }

    /**
     * The activation at a tap and the gradient of the logit of class {@code target} with respect to it: one gradient
     * evaluation, from the tap upwards. The logits come with it.
     */
    record TapGradient(Tap tap, int target) implements Ask {

        public TapGradient {
            Objects.requireNonNull(tap, "tap");
        }
    }
}
