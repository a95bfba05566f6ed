package dev.tapetum.image.corruption;

import dev.tapetum.image.PlanarImage;
import dev.tapetum.spec.SplitMix64;

/**
 * A moving camera: a {@link MotionTrail} at an angle that is drawn uniformly from −45° to 45°.
 *
 * @param radius in pixels
 * @param sigma in pixels
 */
record MotionBlur(double radius, double sigma, long seed) implements ImageCorruption {

    @Override
    public PlanarImage corrupted(PlanarImage image) {
        MotionTrail trail = new MotionTrail(radius, sigma, new SplitMix64(seed).between(-45, 45));
        return Plane.eachChannel(image, trail::apply);
    }
}
