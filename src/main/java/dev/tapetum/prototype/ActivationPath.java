package dev.tapetum.prototype;

import dev.tapetum.model.Tap;
import dev.tapetum.probe.Answer;
import dev.tapetum.probe.Ask;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Stimulus;
import java.util.List;

/** The path of an image through a model: its activation at every tap, all values of it, prefix tokens among them. */
public final class ActivationPath {

    private ActivationPath() {}

    /** Asks for the path of the image that it is admitted with, in one round of a forward evaluation per tap. */
    public static Program<List<float[]>> program(List<Tap> taps) {
        Probe[] probes = taps.stream()
                .map(tap -> new Probe(Stimulus.ORIGINAL, new Ask.Activation(tap)))
                .toArray(Probe[]::new);
        return Program.asking(
                Round.of(probes),
                answers -> answers.answers().stream().map(Answer::activation).toList());
    }
}
