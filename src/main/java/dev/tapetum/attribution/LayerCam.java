package dev.tapetum.attribution;

import java.util.Objects;

/**
 * Class activation map with a weight per position, fine enough for early layers.
 *
 * <p>{@code a_ij = max(0, Σ_k max(0, g^k_ij) · A^k_ij)}. Jiang et al. 2021 (LayerCAM, IEEE Transactions on Image Processing
 * 30, equations 3 to 5).
 *
 * @param tap name of a tap of the bundle, or {@code last}
 */
public record LayerCam(String tap) implements ActivationMap {

    public LayerCam {
        Objects.requireNonNull(tap, "tap");
    }

    @Override
    public void add(Channel channel, double[] map) {
        for (int i = 0; i < map.length; i++) {
            map[i] += Math.max(0, channel.gradient()[i]) * channel.activation()[i];
        }
    }
}
