package dev.tapetum.sae;

import java.util.Arrays;

/**
 * The active latents of one token.
 *
 * @param features their indices, ascending
 * @param values how strongly each is active, on the scale of normalised tokens
 */
public record SparseCode(int[] features, float[] values) {

    public SparseCode {
        if (features.length != values.length) {
            throw new IllegalArgumentException(features.length + " features with " + values.length + " values");
        }

        for (int i = 1; i < features.length; i++) {
            if (features[i - 1] >= features[i]) {
                throw new IllegalArgumentException("features must ascend, not " + Arrays.toString(features));
            }
        }
    }

    /** Number of active latents. */
    public int size() {
        return features.length;
    }

    /** How strongly a latent is active; zero when it is not. */
    public float value(int feature) {
        int at = Arrays.binarySearch(features, feature);
        return at < 0 ? 0 : values[at];
    }

    /** The same code but for one latent, which is set to a value of either sign; zero takes it out. */
    public SparseCode with(int feature, float value) {
        int found = Arrays.binarySearch(features, feature);
        int at = found < 0 ? -found - 1 : found;
        int rest = found < 0 ? at : at + 1;
        int put = value == 0 ? 0 : 1;
        int[] newFeatures = new int[at + put + features.length - rest];
        float[] newValues = new float[newFeatures.length];
        System.arraycopy(features, 0, newFeatures, 0, at);
        System.arraycopy(values, 0, newValues, 0, at);
        if (put == 1) {
            newFeatures[at] = feature;
            newValues[at] = value;
        }

        System.arraycopy(features, rest, newFeatures, at + put, features.length - rest);
        System.arraycopy(values, rest, newValues, at + put, features.length - rest);
        return new SparseCode(newFeatures, newValues);
    }
}
