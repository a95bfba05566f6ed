package dev.tapetum.probe;

/**
 * What tells of a token, the feature vector of one position of a tap's grid, which of many features are active in it.
 *
 * <p>Equal encoders say the same of every token. A device that knows the kind of an encoder may do its work on the hardware; it
 * must find the same features, and the same values up to rounding.
 */
public interface TokenEncoder {

    /** Values of a token. */
    int width();

    /** Number of features. */
    int features();

    /** How strongly each feature is active in a token, {@link #features()} numbers; zero where it is not, never below. */
    float[] activations(float[] token);

    /** What is added to a token, {@link #width()} numbers, when a feature's activation rises by one and the others stay. */
    float[] direction(int feature);
}
