package dev.tapetum.fairness.slice;

import dev.tapetum.fairness.Observation;
import java.io.Serializable;

/** One condition of a slice: that an aspect of an image has this answer. */
public record Literal(Aspect aspect, String answer) implements Serializable {
    boolean holds(Observation image) {
        return aspect.answer(image).equals(answer);
    }

    String text() {
        return aspect.text(answer);
    }

    String condition() {
        return aspect.condition(answer);
    }
}
