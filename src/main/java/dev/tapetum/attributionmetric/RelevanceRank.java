package dev.tapetum.attributionmetric;

import dev.tapetum.probe.PixelRanking;

/**
 * The share of the mask that the map's largest values fill: {@code |top-|M| ∩ M| / |M|}, from 0 to 1.
 *
 * <p>Arras, Osman and Samek 2022 ("CLEVR-XAI", arXiv 2003.07258, equation 2).
 */
public record RelevanceRank() implements Localisation {

    @Override
    public double value(float[] map, boolean[] mask, int size) {
        return (double) TopKInMask.hits(PixelRanking.descending(map), size, mask) / size;
    }
}
