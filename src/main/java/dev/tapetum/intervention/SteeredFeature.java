package dev.tapetum.intervention;

import dev.tapetum.model.Tap;
import dev.tapetum.probe.TokenEncoder;
import dev.tapetum.spec.SplitMix64;

/**
 * What {@link SaeFeature} needs to be known of its feature, and of what it is held against.
 *
 * @param sae what the run calls the autoencoder
 * @param tap whose tokens the encoder reads
 * @param maximum the feature's largest activation in the images that it was seen in, above 0
 * @param other the feature of {@link Control#RANDOM_FEATURE}
 * @param otherMaximum its largest activation in the same images, above 0
 * @param randomDirection the direction of {@link Control#RANDOM_DIRECTION}, of the length of the feature's own
 */
public record SteeredFeature(
        String sae,
        Tap tap,
        TokenEncoder encoder,
        double maximum,
        int other,
        double otherMaximum,
        float[] randomDirection) {

    public SteeredFeature {
        if (!(maximum > 0 && otherMaximum > 0)) {
            throw new IllegalArgumentException("Observed maxima are above 0, not " + maximum + " and " + otherMaximum);
        }
    }

    /**
     * A direction of the length of another, drawn uniformly from all of that length: independent standard normal numbers, scaled
     * (Muller 1959). Of the zero direction, the zero direction.
     *
     * @param like d numbers
     */
    public static float[] randomDirection(float[] like, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        double[] drawn = new double[like.length];
        double square = 0;
        double wanted = 0;
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = random.nextNormal();
            square += drawn[i] * drawn[i];
            wanted += (double) like[i] * like[i];
        }

        float[] direction = new float[drawn.length];
        for (int i = 0; i < direction.length; i++) {
            direction[i] = (float) (drawn[i] * Math.sqrt(wanted / square));
        }

        return direction;
    }
}
