package dev.tapetum.image.corruption;

import dev.tapetum.image.PlanarImage;
import dev.tapetum.spec.SplitMix64;

/**
 * Frosted glass: a Gaussian blur, then pixels that are replaced by near ones, then the blur again.
 *
 * <p>The pixels are gone through from the last to the first, those within {@code maxDelta} of an edge left out, {@code
 * iterations} times. Each takes the value of a pixel that lies from −maxDelta to maxDelta − 1 rows and columns away; what was
 * replaced before is taken as it is by then.
 *
 * <p>The paper describes an exchange of the two pixels. The published code swaps two views of one array, and the first of the
 * two assignments already overwrites what the second would read, so the other pixel keeps its value. We do what was done to the
 * published images, since the reference errors belong to them.
 *
 * @param sigma of the Gaussian, in pixels; it is cut off at 4σ and repeats the edge
 * @param maxDelta in pixels, at least 1
 */
record GlassBlur(double sigma, int maxDelta, int iterations, long seed) implements ImageCorruption {
    private static final double TRUNCATE = 4;

    GlassBlur {
        if (!(sigma > 0) || maxDelta < 1 || iterations < 1) {
            throw new IllegalArgumentException(
                    "A glass blur needs a sigma above 0, and a delta and iterations of 1 or more, not " + sigma + ", "
                            + maxDelta + " and " + iterations);
        }
    }

    @Override
    public PlanarImage corrupted(PlanarImage image) {
        Smoothing blur = Smoothing.gaussian(sigma, Smoothing.radius(sigma, TRUNCATE), Border.NEAREST);
        PlanarImage blurred = Plane.eachChannel(image, blur::apply);
        displace(blurred);
        return Plane.eachChannel(blurred, blur::apply);
    }

    /** Writes to its own image. */
    private void displace(PlanarImage image) {
        SplitMix64 random = new SplitMix64(seed);
        float[] values = image.values();
        int width = image.width();
        for (int i = 0; i < iterations; i++) {
            for (int row = image.height() - maxDelta; row > maxDelta; row--) {
                for (int column = width - maxDelta; column > maxDelta; column--) {
                    int down = random.below(2 * maxDelta) - maxDelta;
                    int across = random.below(2 * maxDelta) - maxDelta;
                    int to = row * width + column;
                    int from = to + down * width + across;
                    for (int c = 0; c < image.channels(); c++) {
                        values[c * image.pixels() + to] = values[c * image.pixels() + from];
                    }
                }
            }
        }
    }
}
