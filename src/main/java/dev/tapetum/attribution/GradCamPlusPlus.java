package dev.tapetum.attribution;

import java.util.Objects;

/**
 * Grad-cam with weights that let several places of one class count in full.
 *
 * <p>{@code w_k = Σ_ij α^k_ij · max(0, g^k_ij)} with {@code α^k_ij = (g^k_ij)² / (2(g^k_ij)² + Σ_ab A^k_ab · (g^k_ij)³)} and
 * {@code a = max(0, Σ_k w_k A^k)}. Chattopadhay et al. 2018 (arXiv 1710.11063, equations 5, 6 and 19), for the exponential
 * of the logit, whose common factor is left out. Where the denominator is zero, α is zero.
 *
 * @param tap name of a tap of the bundle, or {@code last}
 */
public record GradCamPlusPlus(String tap) implements ActivationMap {

    public GradCamPlusPlus {
        Objects.requireNonNull(tap, "tap");
    }

    @Override
    public void add(Channel channel, double[] map) {
        double total = 0;
        for (double value : channel.activation()) {
            total += value;
        }

        double weight = 0;
        for (double g : channel.gradient()) {
            double denominator = 2 * g * g + total * g * g * g;
            weight += denominator == 0 ? 0 : g * g / denominator * Math.max(0, g);
        }

        channel.addWeighted(weight, map);
    }
}
