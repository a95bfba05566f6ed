package dev.tapetum.sae;

import org.jspecify.annotations.Nullable;

/**
 * How well an autoencoder reconstructs tokens that it was not trained on, and how sparsely.
 *
 * @param tokens that were measured
 * @param normalisedMse squared error over the tokens' variance; null when the tokens have none
 * @param l0 mean number of active latents of a token
 * @param deadFraction of the latents, never active
 * @param denseFraction of the latents, active in more than 1% of the tokens
 * @param lossRecovered what the model still knows from reconstructed tokens, {@link LossRecovered#fraction()}; null when nobody has
 *     asked the model
 */
public record Quality(
        long tokens,
        @Nullable Double normalisedMse,
        double l0,
        double deadFraction,
        double denseFraction,
        @Nullable Double lossRecovered) {

    /** Of tokens alone, without the model. */
    public Quality(long tokens, @Nullable Double normalisedMse, double l0, double deadFraction, double denseFraction) {
        this(tokens, normalisedMse, l0, deadFraction, denseFraction, null);
    }
}
