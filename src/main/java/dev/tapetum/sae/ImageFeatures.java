package dev.tapetum.sae;

import dev.tapetum.model.Tap;
import dev.tapetum.probe.ActiveFeatures;
import dev.tapetum.probe.Ask;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Stimulus;
import dev.tapetum.probe.TokenEncoder;

/**
 * The features of an image: for every position of a tap's grid its code, and of that what is active anywhere. Prefix tokens are no
 * part of it.
 *
 * @param top features of which it is told how they lie on the grid
 */
public record ImageFeatures(Tap tap, TokenEncoder encoder, int top) {

    /** The features of one image, as it is. */
    public Program<ActiveFeatures> program() {
        return Program.asking(
                Round.of(new Probe(Stimulus.ORIGINAL, new Ask.Features(tap, encoder, top))),
                answers -> answers.get(0).features());
    }
}
