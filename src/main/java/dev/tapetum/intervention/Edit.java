package dev.tapetum.intervention;

import dev.tapetum.probe.Stimulus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One step of an intervention.
 *
 * @param strength how strong the property is made, in the editor's own unit
 * @param stimulus the image with the property at that strength
 * @param steering what is changed within the model besides; null for nothing
 */
public record Edit(
        double strength, Stimulus stimulus, @Nullable Steering steering) {

    /** A change of the pixels. */
    public Edit(double strength, Stimulus stimulus) {
        this(strength, stimulus, null);
    }

    public Edit {
        Objects.requireNonNull(stimulus, "stimulus");
        if (!Double.isFinite(strength)) {
            throw new IllegalArgumentException("A strength is a finite number, not " + strength);
        }
    }
}
