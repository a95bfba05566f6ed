package dev.tapetum.sae;

import dev.tapetum.model.Tap;
import dev.tapetum.probe.Ask;
import dev.tapetum.probe.PixelRanking;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Seeds;
import dev.tapetum.probe.Stimulus;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Feature vectors at a tap to train an autoencoder on: a few of every image rather than all of a few images, since those of
 * one image are alike. Prefix tokens are never taken.
 *
 * @param tokens feature vectors per image, drawn without replacement; all of them where the grid has no more
 */
public record ActivationHarvest(Tap tap, int tokens) {

    public ActivationHarvest {
        Objects.requireNonNull(tap, "tap");
        if (tokens < 1) {
            throw new IllegalArgumentException("A harvest takes at least one token of an image, not " + tokens);
        }
    }

    /**
     * What was taken of one image.
     *
     * @param positions numbers of grid positions, ascending
     * @param values {@code positions × channels}
     */
    public record Tokens(int[] positions, float[] values) {}

    /**
     * Takes the tokens of one image.
     *
     * @param seed of the image, see {@link Seeds#of(long, String)}
     */
    public Program<Tokens> program(long seed) {
        Round round = Round.of(new Probe(Stimulus.ORIGINAL, new Ask.Activation(tap)));
        return Program.asking(round, answers -> {
            int[] positions = positions(seed);
            return new Tokens(positions, tap.tokens(answers.get(0).activation(), positions));
        });
    }

    private int[] positions(long seed) {
        int count = Math.min(tokens, tap.positions());
        PixelRanking drawn = PixelRanking.random(tap.positions(), count, Seeds.of(seed, "harvest " + tap.name(), 0));
        return IntStream.range(0, count).map(drawn::pixel).sorted().toArray();
    }
}
