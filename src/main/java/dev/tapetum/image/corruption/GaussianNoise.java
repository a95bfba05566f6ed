package dev.tapetum.image.corruption;

import dev.tapetum.image.PlanarImage;
import dev.tapetum.spec.SplitMix64;

/**
 * Independent normal noise on every value, {@code clip(v + σz)}.
 *
 * @param sigma σ, on the scale from black to white
 */
record GaussianNoise(double sigma, long seed) implements ImageCorruption {

    @Override
    public PlanarImage corrupted(PlanarImage image) {
        SplitMix64 random = new SplitMix64(seed);
        float[] values = image.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = Plane.cutOff(values[i] + sigma * random.nextNormal());
        }

        return image.with(values);
    }
}
