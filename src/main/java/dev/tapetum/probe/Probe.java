package dev.tapetum.probe;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One question to the model about one image: equal probes of an image have one answer.
 *
 * @param variant the name of the {@link dev.tapetum.model.Variant} that is asked, null for the model itself
 */
public record Probe(Stimulus stimulus, Ask ask, @Nullable String variant) {

    public Probe {
        Objects.requireNonNull(stimulus, "stimulus");
        Objects.requireNonNull(ask, "ask");
    }

    /** A question to the model itself. */
    public Probe(Stimulus stimulus, Ask ask) {
        this(stimulus, ask, null);
    }

    public static Probe logits(Stimulus stimulus) {
        return new Probe(stimulus, Ask.LOGITS);
    }

    public static Probe gradient(Stimulus stimulus, int target) {
        return new Probe(stimulus, new Ask.InputGradient(target));
    }

    /** The gradient of the class's softmax probability. */
    public static Probe probabilityGradient(Stimulus stimulus, int target) {
        return new Probe(stimulus, new Ask.InputGradient(target, Ask.Output.PROBABILITY));
    }

    /** The gradient of the variance over classes of the softmax probabilities. */
    public static Probe spreadGradient(Stimulus stimulus) {
        return new Probe(stimulus, new Ask.InputGradient(0, Ask.Output.SPREAD));
    }
}
