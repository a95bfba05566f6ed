package dev.tapetum.sae;

import dev.tapetum.spec.Discriminator;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a sparse autoencoder is trained for: the squared error of its reconstruction and a way to have few latents active. The
 * {@code permits} clause is the registry: a plan names an objective by its record's name in kebab case, and its components are
 * the objective's parameters.
 *
 * <p>The squared error is the mean over tokens and over the values of a token, on the scale of {@link Normalisation}.
 */
@Discriminator("objective")
public sealed interface Objective extends Serializable permits Relu, TopK, BatchTopK, Matryoshka, JumpRelu {

    /** Latents per value of a token. */
    int expansion();

    /** How the trained autoencoder decides which latents are active. */
    Activation activation();

    /** How dead latents are brought back; null when nothing is done about them. */
    default @Nullable Reviving reviving() {
        return null;
    }

    /**
     * AuxK, see {@link TopK}.
     *
     * @param weight of the loss
     * @param deadAfter tokens in a row without activity after which a latent counts as dead
     */
    record Reviving(double weight, long deadAfter) {}

    /** Number of latents for tokens of {@code width} values. */
    default int features(int width) {
        return Math.multiplyExact(expansion(), width);
    }

    /** Refuses an expansion below one. */
    static void requireExpansion(int expansion) {
        if (expansion < 1) {
            throw new IllegalArgumentException("expansion must be at least 1, not " + expansion);
        }
    }

    /** Refuses a weight of a loss that is negative or no number. */
    static void requireWeight(String key, double weight) {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(key + " must be a number from 0, not " + weight);
        }
    }
}
