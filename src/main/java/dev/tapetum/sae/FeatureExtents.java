package dev.tapetum.sae;

import java.util.List;

/**
 * How large each feature of an autoencoder gets in images, and in how many of them it is active; those of two sets of images merge
 * to those of both.
 *
 * @param images number of images that were looked at
 * @param maxima for each feature its largest activation in any token of any of the images, on the scale of normalised tokens; 0
 *     where it was never active
 * @param active for each feature the number of images in which it is active in any token
 */
public record FeatureExtents(long images, float[] maxima, long[] active) {

    public FeatureExtents {
        if (maxima.length != active.length) {
            throw new IllegalArgumentException(maxima.length + " maxima with " + active.length + " counts");
        }
    }

    /** Of no images. */
    static FeatureExtents none(int features) {
        return new FeatureExtents(0, new float[features], new long[features]);
    }

    /**
     * Of one image.
     *
     * @param codes of all its tokens
     */
    static FeatureExtents of(int features, List<SparseCode> codes) {
        FeatureExtents extents = new FeatureExtents(1, new float[features], new long[features]);
        for (SparseCode code : codes) {
            for (int i = 0; i < code.size(); i++) {
                int feature = code.features()[i];
                extents.maxima[feature] = Math.max(extents.maxima[feature], code.values()[i]);
                extents.active[feature] = 1;
            }
        }

        return extents;
    }

    /** Of both sets of images. */
    FeatureExtents merge(FeatureExtents other) {
        float[] larger = maxima.clone();
        long[] both = active.clone();
        for (int j = 0; j < larger.length; j++) {
            larger[j] = Math.max(larger[j], other.maxima[j]);
            both[j] += other.active[j];
        }

        return new FeatureExtents(images + other.images, larger, both);
    }
}
