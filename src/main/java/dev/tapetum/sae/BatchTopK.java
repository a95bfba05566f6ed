package dev.tapetum.sae;

/**
 * The largest {@code k · B} positive latents of a whole batch of B tokens are active, so that a token may have more or fewer than k
 * (Bussmann et al. 2024, arXiv 2412.06410). One token alone has no batch: the trained autoencoder cuts at a threshold instead, the
 * running mean of the smallest activation that a batch let through. The dead are revived as by {@link TopK}, as the paper does.
 *
 * @param k mean number of active latents
 * @param auxiliary weight of AuxK; zero for no reviving
 * @param deadAfter tokens in a row without activity after which a latent counts as dead
 * @param expansion latents per value of a token
 */
public record BatchTopK(int k, double auxiliary, long deadAfter, int expansion) implements Objective {

    public BatchTopK {
        TopK.requireK(k);
        TopK.requireDeadAfter(deadAfter);
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
        return new Activation.Threshold();
    }
}
