package dev.tapetum.image.corruption;

import dev.tapetum.image.PlanarImage;
import dev.tapetum.spec.SplitMix64;

/**
 * The noise of counted photons: {@code clip(Poisson(λv)/λ)} for every value by itself, whose mean is v and whose variance v/λ
 * before the cut at white.
 *
 * @param photons λ, the mean count of a white value; from above 0 to 700, from where on {@code exp(−λ)} is no number
 */
record ShotNoise(double photons, long seed) implements ImageCorruption {

    ShotNoise {
        if (!(photons > 0 && photons <= 700)) {
            throw new IllegalArgumentException("The photons of shot noise are from above 0 to 700, not " + photons);
        }
    }

    @Override
    public PlanarImage corrupted(PlanarImage image) {
        SplitMix64 random = new SplitMix64(seed);
        float[] values = image.values().clone();
        for (int i = 0; i < values.length; i++) {
            double mean = photons * Plane.cutOff(values[i]);
            values[i] = Plane.cutOff(count(mean, random.nextDouble()) / photons);
        }

        return image.with(values);
    }

    /** The least k at which the distribution function of a Poisson count exceeds u, found from zero upwards. */
    private static int count(double mean, double u) {
        double probability = StrictMath.exp(-mean);
        double below = probability;
        int k = 0;
        // What is added ends below the precision of the sum before the sum reaches a u next to one.
        while (u >= below && probability > 0) {
            k++;
            probability *= mean / k;
            below += probability;
        }

        return k;
    }
}
