package dev.tapetum.attributionmetric;

/**
 * The share of the positive attribution that lies in the mask: {@code Σ_{i∈M} a_i⁺ / Σ_i a_i⁺}, from 0 to 1.
 *
 * <p>Arras, Osman and Samek 2022 ("CLEVR-XAI", arXiv 2003.07258, equation 1). NaN for a map without a positive value.
 */
public record RelevanceMass() implements Localisation {

    @Override
    public double value(float[] map, boolean[] mask, int size) {
        double inside = 0;
        double all = 0;
        for (int i = 0; i < map.length; i++) {
            double positive = Math.max(0, map[i]);
            all += positive;
            inside += mask[i] ? positive : 0;
        }

        return inside / all;
    }
}
