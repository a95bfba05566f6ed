package dev.tapetum.attributionmetric;

import dev.tapetum.model.InputSpec;

/**
 * An attack that drives the map's mass out of its most important pixels: {@code L = Σ_{i∈N_w(S)} s_i / Σ_i s_i}, with
 * S the k largest pixels of the image's own map and {@code N_w} the windows around them.
 *
 * <p>With a window of 0 this is the top-k attack of Ghorbani, Abid and Zou 2019 (arXiv 1710.10547, section 3.2). With
 * a larger one it has to move the mass farther than a metric that forgives w pixels looks.
 *
 * @param k number of pixels, as a share of the image's
 * @param window pixels to each side, 0 for the pixels themselves
 * @param epsilon largest change of a value, on the [0, 1] scale
 * @param step change per iteration, on the [0, 1] scale
 * @param iterations steps of each restart
 * @param restarts starting points; the first is the image itself
 */
public record TopKAttack(double k, int window, double epsilon, double step, int iterations, int restarts)
        implements Attack {

    public TopKAttack {
        TopPixels.check(k);
        Attack.check(epsilon, step, iterations, restarts);
        if (window < 0) {
            throw new IllegalArgumentException("window is in pixels to each side, zero or more, not " + window);
        }
    }

    @Override
    public Criterion criterion(double[] sizes, InputSpec input) {
        float[] map = new float[sizes.length];
        for (int i = 0; i < map.length; i++) {
            map[i] = (float) sizes[i];
        }

        return new Criterion.Share(TopK.largest(map, input, k).within(window).pixels(), 1);
    }

    @Override
    public boolean startsAtImage() {
        return true;
    }
}
