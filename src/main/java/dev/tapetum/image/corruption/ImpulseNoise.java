package dev.tapetum.image.corruption;

import dev.tapetum.image.PlanarImage;
import dev.tapetum.spec.SplitMix64;

/**
 * Salt and pepper: every value by itself is replaced with probability {@code amount}, by white or by black with even chances.
 * The channels of a pixel are hit apart, so that most specks are coloured.
 */
record ImpulseNoise(double amount, long seed) implements ImageCorruption {

    @Override
    public PlanarImage corrupted(PlanarImage image) {
        SplitMix64 random = new SplitMix64(seed);
        float[] values = image.values().clone();
        for (int i = 0; i < values.length; i++) {
            double u = random.nextDouble();
            if (u < amount) {
                values[i] = u < amount / 2 ? 1 : 0;
            } else {
                values[i] = Plane.cutOff(values[i]);
            }
        }

        return image.with(values);
    }
}
