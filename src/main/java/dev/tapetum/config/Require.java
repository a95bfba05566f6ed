package dev.tapetum.config;

import dev.tapetum.spec.CanonicalText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Conditions of compact constructors; each sentence starts with the key, so that the binder finds its line. */
final class Require {
    private Require() {}

    static void that(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalArgumentException(sentence);
        }
    }

    /** A text that is there has something in it. */
    static void text(String key, @Nullable String text) {
        that(text == null || !text.isBlank(), key + " must not be blank");
    }

    static void noDuplicates(String key, List<?> values) {
        Set<Object> seen = new HashSet<>();

        for (int i = 0; i < values.size(); i++) {
            that(
                    seen.add(values.get(i)),
                    key + "[" + i + "] repeats an earlier one: " + CanonicalText.value(values.get(i)));
        }
    }
}
