package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

/** What the model said of an edited image about one class. */
public record OutcomePart(
        @Comment("Class that the logit and the probability are of.")
        String target,

        @Comment("Index of that class.") int targetIndex,

        @Comment("Whether it is the class of the image's own that the plan follows: its predicted class or its label.")
        boolean own,

        @Comment("Logit of the target for the edited image.")
        double logit,

        @Comment("Softmax probability of the target for the edited image.")
        double probability) {
    public OutcomePart {
        requireNonNull(target, "target");
    }
}
