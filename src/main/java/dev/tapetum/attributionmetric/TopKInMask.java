package dev.tapetum.attributionmetric;

import dev.tapetum.probe.PixelRanking;

/**
 * The share of the map's largest values that lie in the mask: {@code |top-k ∩ M| / k}, from 0 to 1.
 *
 * <p>Theiner, Müller-Budack and Ewerth 2022 ("Interpretable semantic photo geolocation", arXiv 2104.14995, section 3.3).
 * Cannot reach 1 when the mask is smaller than k.
 *
 * @param k number of pixels, as a share of the image's
 */
public record TopKInMask(double k) implements Localisation {

    public TopKInMask {
        TopPixels.check(k);
    }

    @Override
    public double value(float[] map, boolean[] mask, int size) {
        int count = TopPixels.count(k, map.length);
        return (double) hits(PixelRanking.descending(map), count, mask) / count;
    }

    /** How many of the first {@code count} pixels lie in the mask. */
    static int hits(PixelRanking ranking, int count, boolean[] mask) {
        int hits = 0;
        for (int rank = 0; rank < count; rank++) {
            hits += mask[ranking.pixel(rank)] ? 1 : 0;
        }

        return hits;
    }
}
