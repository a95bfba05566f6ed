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

    /** How much of a token its activations account for. */
    Fit fit(float[] token);

    /**
     * Of one token, or of several together.
     *
     * @param error squared length of what the reconstruction misses
     * @param size squared length of the token, less the mean of all tokens
     */
    record Fit(double error, double size) {

        static final Fit NONE = new Fit(0, 0);

        Fit plus(Fit other) {
            return new Fit(error + other.error, size + other.size);
        }

        /** Their ratio, 0 when nothing is missed; NaN when there is nothing to account for. */
        public double relative() {
            return size == 0 ? Double.NaN : error / size;
        }
    }

    /** What is added to a token, {@link #width()} numbers, when a feature's activation rises by one and the others stay. */
    float[] direction(int feature);
}
