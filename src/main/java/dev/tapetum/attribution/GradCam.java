package dev.tapetum.attribution;

import java.util.Arrays;
import java.util.Objects;

/**
 * Class activation map by gradients: where the features at a tap speak for the target.
 *
 * <p>{@code α_k = mean_ij ∂F_c/∂A^k_ij} and {@code a = max(0, Σ_k α_k A^k)}. Selvaraju et al. 2017 (arXiv 1610.02391,
 * equations 1 and 2). A map without any positive value is all zero, not an error.
 *
 * @param tap name of a tap of the bundle, or {@code last}
 */
public record GradCam(String tap) implements ActivationMap {

    public GradCam {
        Objects.requireNonNull(tap, "tap");
    }

    @Override
    public void add(Channel channel, double[] map) {
        channel.addWeighted(Arrays.stream(channel.gradient()).sum() / map.length, map);
    }
}
