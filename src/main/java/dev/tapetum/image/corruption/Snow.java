package dev.tapetum.image.corruption;

import dev.tapetum.image.PlanarImage;
import dev.tapetum.spec.SplitMix64;

/**
 * Falling snow. A plane of normal numbers is enlarged by a {@link ClippedZoom}; what is below the threshold becomes 0 and the
 * rest is cut off to [0, 1]; a {@link MotionTrail} at an angle drawn uniformly from −135° to −45° makes flakes of it. The image
 * is whitened and the flakes are added twice, once as they are and once turned by 180°:
 *
 * <p>{@code clip(m·v + (1 − m)·max(v, 1.5·grey + 0.5) + flakes + turned flakes)}
 *
 * <p>with grey = 0.299 R + 0.587 G + 0.114 B of the pixel.
 *
 * @param mean of the normal numbers
 * @param deviation their standard deviation
 * @param zoom the size of a flake in pixels, at least 1
 * @param threshold of what is a flake
 * @param radius of the trail, in pixels
 * @param sigma of the trail, in pixels
 * @param mix m, how much of the image is kept as it is
 */
record Snow(
        double mean,
        double deviation,
        double zoom,
        double threshold,
        double radius,
        double sigma,
        double mix,
        long seed)
        implements ImageCorruption {

    Snow {
        if (!(zoom >= 1)) {
            throw new IllegalArgumentException("The zoom of snow is at least 1, not " + zoom);
        }
    }

    @Override
    public PlanarImage corrupted(PlanarImage image) {
        double[] flakes = flakes(image).values();
        float[] values = image.values().clone();
        int pixels = image.pixels();
        for (int i = 0; i < pixels; i++) {
            double white = 1.5 * Grey.of(image, i) + 0.5;
            double snow = flakes[i] + flakes[pixels - 1 - i];
            for (int at = i; at < values.length; at += pixels) {
                values[at] = Plane.cutOff(mix * values[at] + (1 - mix) * Math.max(values[at], white) + snow);
            }
        }

        return image.with(values);
    }

    private Plane flakes(PlanarImage image) {
        SplitMix64 random = new SplitMix64(seed);
        double degrees = random.between(-135, -45);
        Plane grains = Plane.blank(image.height(), image.width());
        for (int i = 0; i < grains.values().length; i++) {
            grains.values()[i] = mean + deviation * random.nextNormal();
        }

        Plane flakes = ClippedZoom.apply(grains, zoom);
        for (int i = 0; i < flakes.values().length; i++) {
            double value = flakes.values()[i];
            flakes.values()[i] = value < threshold ? 0 : Math.max(0, Math.min(1, value));
        }

        return new MotionTrail(radius, sigma, degrees).apply(flakes);
    }
}
