package dev.tapetum.sae;

import org.jspecify.annotations.Nullable;

/**
 * Sums over images from which follows how much of what the model knows is left in reconstructed tokens; the sums of two sets of
 * images add up to those of both. Cross-entropies are in nats, of the class that the image is labelled with, or of the one that the
 * model predicts where there is no label.
 *
 * @param images that were judged
 * @param labelled how many of them were judged by their label
 * @param original {@code H_original}: summed cross-entropies of the model as it is
 * @param reconstructed {@code H_reconstructed}: with {@code x̂} in place of {@code x} at every position of the grid
 * @param ablated {@code H_ablated}: with the mean token in place of every one
 */
public record LossRecovered(long images, long labelled, double original, double reconstructed, double ablated) {

    public static final LossRecovered NONE = new LossRecovered(0, 0, 0, 0, 0);

    /** Of both sets of images. */
    public LossRecovered merge(LossRecovered other) {
        return new LossRecovered(
                images + other.images,
                labelled + other.labelled,
                original + other.original,
                reconstructed + other.reconstructed,
                ablated + other.ablated);
    }

    /**
     * {@code (H_ablated − H_reconstructed) / (H_ablated − H_original)}: 1 when reconstructions do as well as the tokens themselves,
     * 0 when they do no better than the mean, and outside of that range when they do better or worse still. Null when ablation does
     * no harm, so that there is nothing to recover.
     */
    public @Nullable Double fraction() {
        double harm = ablated - original;
        return harm > 0 ? (ablated - reconstructed) / harm : null;
    }
}
