package dev.tapetum.attribution;

import java.util.Objects;

/**
 * Class activation map that shows only what the model used: gradient times activation, summed over channels.
 *
 * <p>{@code a_ij = Σ_k g^k_ij · A^k_ij}, signed. Draelos and Carin 2021 (arXiv 2011.08891, section 3). Behind a tap that is
 * followed by a linear head its total is the logit without the head's bias.
 *
 * @param tap name of a tap of the bundle, or {@code last}
 */
public record HiResCam(String tap) implements ActivationMap {

    public HiResCam {
        Objects.requireNonNull(tap, "tap");
    }

    @Override
    public boolean isRectified() {
        return false;
    }

    @Override
    public void add(Channel channel, double[] map) {
        for (int i = 0; i < map.length; i++) {
            map[i] += channel.gradient()[i] * channel.activation()[i];
        }
    }
}
