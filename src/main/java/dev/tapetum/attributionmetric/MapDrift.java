package dev.tapetum.attributionmetric;

import java.util.Arrays;

/**
 * How far two maps of the same image are from each other, 0 being the same map: of one method and class, under two models or two
 * versions of a model. NaN where a map is constant or not finite, or the maps differ in size.
 */
public final class MapDrift {

    private MapDrift() {}

    /** One less Spearman's correlation of the absolute maps, 0 to 2: whether other places matter. */
    public static double ofRanks(float[] before, float[] after) {
        if (before.length != after.length) {
            return Double.NaN;
        }

        double correlation = Correlation.SPEARMAN.of(sizes(before), sizes(after));
        // The correlation of a map with itself is one but for its last digit.
        return !Double.isNaN(correlation) && Arrays.equals(before, after) ? 0 : 1 - correlation;
    }

    /** One less the cosine of the signed maps, 0 to 2: whether they also speak for and against the class in the same places. */
    public static double ofCosine(float[] before, float[] after) {
        if (before.length != after.length) {
            return Double.NaN;
        }

        double dot = 0;
        double squares = 0;
        double otherSquares = 0;
        for (int i = 0; i < before.length; i++) {
            dot += (double) before[i] * after[i];
            squares += (double) before[i] * before[i];
            otherSquares += (double) after[i] * after[i];
        }

        double cosine = dot / (Math.sqrt(squares) * Math.sqrt(otherSquares));
        return !Double.isNaN(cosine) && Arrays.equals(before, after) ? 0 : 1 - cosine;
    }

    private static float[] sizes(float[] map) {
        float[] sizes = new float[map.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.abs(map[i]);
        }

        return sizes;
    }
}
