package dev.tapetum.config;

import dev.tapetum.spec.Word;
import java.io.Serializable;

/**
 * The class whose logit is explained or followed: {@code predicted}, {@code label}, or the name of one class for all images; and
 * where several may be followed, {@code all}.
 *
 * @param text the word itself
 */
public record Target(String text) implements Word, Serializable {
    /** Each image's predicted class. */
    public static final Target PREDICTED = new Target("predicted");
    /** Each image's label; an image without a label has no attributions. */
    public static final Target LABEL = new Target("label");

    /** Every class of the model; only where several targets may be asked for. */
    public static final Target ALL = new Target("all");

    public Target {
        if (text.isBlank()) {
            throw new IllegalArgumentException("must be predicted, label or the name of a class, not blank");
        }
    }

    /** Reads the word. */
    public static Target parse(String text) {
        return new Target(text.strip());
    }

    /** Whether the word is the name of a class. */
    public boolean isClass() {
        return !equals(PREDICTED) && !equals(LABEL) && !equals(ALL);
    }
}
