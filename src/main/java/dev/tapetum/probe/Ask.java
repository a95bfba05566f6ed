package dev.tapetum.probe;

import dev.tapetum.model.Tap;
import java.util.Objects;

/** What a probe wants to know about a stimulus. */
public sealed interface Ask permits Ask.Logits, Ask.InputGradient, Ask.TapGradient {

    /** The one instance that everybody needs. */
    Ask LOGITS = new Logits();

    /** The logits of all classes: one forward evaluation. */
    record Logits() implements Ask {}

    /**
     * The gradient of the logit of class {@code target} with respect to the input: one gradient evaluation. The logits
     * come with it.
     */
    record InputGradient(int target) implements Ask {}

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
