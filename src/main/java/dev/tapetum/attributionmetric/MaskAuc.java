package dev.tapetum.attributionmetric;

import dev.tapetum.probe.Ranks;

/**
 * The probability that a pixel of the mask has a larger attribution than one outside it, ties counting half: the area
 * under the curve of hits against false alarms. 0.5 for a map that knows nothing of the mask.
 *
 * <p>{@code (R − m(m+1)/2) / (m(n−m))} with R the sum of the ranks of the m pixels inside among all n (Mann and
 * Whitney). NaN when the mask is the whole image.
 */
public record MaskAuc() implements Localisation {

    @Override
    public double value(float[] map, boolean[] mask, int size) {
        double[] ranks = Ranks.of(map);
        double sum = 0;
        for (int i = 0; i < ranks.length; i++) {
            sum += mask[i] ? ranks[i] : 0;
        }

        double outside = map.length - size;
        return (sum - size * (size + 1.0) / 2) / (size * outside);
    }
}
