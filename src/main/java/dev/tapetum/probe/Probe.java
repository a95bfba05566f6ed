package dev.tapetum.probe;

import java.util.Objects;

/** One question to the model about one image: equal probes of an image have one answer. */
public record Probe(Stimulus stimulus, Ask ask) {

    public Probe {
        Objects.requireNonNull(stimulus, "stimulus");
        Objects.requireNonNull(ask, "ask");
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
}
