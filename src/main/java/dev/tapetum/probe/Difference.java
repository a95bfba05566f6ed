package dev.tapetum.probe;

import dev.tapetum.model.InputSpec;
import java.util.Objects;

/** The direction {@code to − from} between two stimuli of one image. */
public record Difference(Stimulus to, Stimulus from) {

    public Difference {
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(from, "from");
    }

    /** The direction's floats, {@link InputSpec#size()} of them. */
    public float[] render(float[] image, InputSpec input) {
        float[] a = to.render(image, input);
        float[] b = from.render(image, input);
        float[] difference = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }

        return difference;
    }
}
