package dev.tapetum.job;

import dev.tapetum.sae.Objective;
import dev.tapetum.sae.Quality;
import java.util.List;
import java.util.Map;

/**
 * How a training ended.
 *
 * @param listed images of the dataset: {@code heldOut + harvested + rejected}
 * @param heldOut images that were kept from training
 * @param harvested images that tokens were taken from
 * @param rejects how many images were rejected, by reason
 * @param tokens that were harvested
 * @param trained the autoencoders, in the order of the plan's objectives; none where there were more rejects than the plan allows
 * @param modelLoads where the model was loaded, one entry per loading
 */
public record SaeOutcome(
        long listed,
        long heldOut,
        long harvested,
        Map<String, Long> rejects,
        long tokens,
        List<Trained> trained,
        List<String> modelLoads) {

    public SaeOutcome {
        rejects = Map.copyOf(rejects);
        trained = List.copyOf(trained);
        modelLoads = List.copyOf(modelLoads);
    }

    /**
     * An autoencoder and what the held-out images say of it.
     *
     * @param path of its bundle
     * @param judged images that it was judged by
     * @param labelled how many of them by their label, the others by the model's own prediction
     * @param unusable held-out images that could not be used
     * @param tokensPerSecond of training; not a number where it had been trained before
     */
    public record Trained(
            Objective objective,
            String path,
            Quality quality,
            long judged,
            long labelled,
            long unusable,
            double tokensPerSecond) {}

    /** Images that were rejected. */
    public long rejected() {
        return rejects.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether more images were rejected than the plan allows, so that nothing was trained. */
    public boolean isPartial() {
        return trained.isEmpty();
    }
}
