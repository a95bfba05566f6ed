package dev.tapetum.sae;

/**
 * The largest k positive latents of each token are active, and there is no penalty: {@code MSE + α · AuxK} (Gao et al. 2024, arXiv
 * 2406.04093, sections 2.3 and A.2). AuxK revives the dead: of the latents that have been silent for {@code deadAfter} tokens, the
 * largest {@code width / 2} of a token reconstruct, without a bias, what is left of it, {@code r = x − x̂}, which is taken as given:
 * {@code AuxK = Σ ‖r̂ − r‖² / Σ ‖r − r̄‖²}, with {@code r̄} the batch's mean.
 *
 * @param k most active latents of a token
 * @param auxiliary α; zero for no reviving
 * @param deadAfter tokens in a row without activity after which a latent counts as dead
 * @param expansion latents per value of a token
 */
public record TopK(int k, double auxiliary, long deadAfter, int expansion) implements Objective {

    public TopK {
        requireK(k);
        requireDeadAfter(deadAfter);
        Objective.requireWeight("auxiliary", auxiliary);
        Objective.requireExpansion(expansion);
    }

    /** @throws IllegalArgumentException if there are fewer latents than k */
    @Override
    public int features(int width) {
        return TopK.requireAtLeast(k, Objective.super.features(width));
    }

    @Override
    public Reviving reviving() {
        return new Reviving(auxiliary, deadAfter);
    }

    @Override
    public Activation activation() {
        return new Activation.TopK(k);
    }

    static void requireK(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k must be at least 1, not " + k);
        }
    }

    static int requireAtLeast(int k, int features) {
        if (features < k) {
            throw new IllegalArgumentException("k must be at most the number of latents, " + features + ", not " + k);
        }

        return features;
    }

    static void requireDeadAfter(long deadAfter) {
        if (deadAfter < 1) {
            throw new IllegalArgumentException("dead-after must be at least 1, not " + deadAfter);
        }
    }
}
