package dev.tapetum.attributionmetric;

/** The metrics that hold the signed map against the image's mask; NaN without a mask or when it is empty. */
sealed interface Localisation extends MapMetric
        permits PointingGame, RelevanceMass, RelevanceRank, TopKInMask, MaskAuc {

    /**
     * What the map says about the mask.
     *
     * @param map signed, summed over channels, one value per pixel
     * @param mask at least one pixel of it is set
     * @param size number of pixels set
     */
    double value(float[] map, boolean[] mask, int size);

    @Override
    default double value(Explanation explanation) {
        boolean[] mask = explanation.mask();
        int size = 0;
        if (mask != null) {
            for (boolean inside : mask) {
                size += inside ? 1 : 0;
            }
        }

        return mask == null || size == 0 ? Double.NaN : value(explanation.map(), mask, size);
    }
}
