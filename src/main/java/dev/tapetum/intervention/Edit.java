package dev.tapetum.intervention;

import dev.tapetum.probe.Stimulus;
import java.util.Objects;

/**
 * One step of an intervention.
 *
 * @param strength how strong the property is made, in the editor's own unit
 * @param stimulus the image with the property at that strength
 */
public record Edit(double strength, Stimulus stimulus) {

    public Edit {
        Objects.requireNonNull(stimulus, "stimulus");
        if (!Double.isFinite(strength)) {
            throw new IllegalArgumentException("A strength is a finite number, not " + strength);
        }
    }
}
