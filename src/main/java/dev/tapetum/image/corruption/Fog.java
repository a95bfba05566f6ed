package dev.tapetum.image.corruption;

import dev.tapetum.image.PlanarImage;
import dev.tapetum.spec.SplitMix64;

/**
 * Fog: a {@link PlasmaFractal} is added and the sum scaled back, {@code clip((v + a·fog) · m/(m + a))} with m the largest value
 * of the image, so that what is black becomes grey and contrast is lost.
 *
 * <p>The fractal's side is the smallest power of two that covers the image, 256 for 224 pixels as published; the image lies in
 * its upper left corner. A fractal looks the same at every size, so nothing else follows the size.
 *
 * @param amplitude a, at least 0
 * @param decay of the fractal: less is a finer fog
 */
record Fog(double amplitude, double decay, long seed) implements ImageCorruption {

    @Override
    public PlanarImage corrupted(PlanarImage image) {
        int side = 2;
        while (side < Math.max(image.height(), image.width())) {
            side *= 2;
        }

        Plane fog = PlasmaFractal.draw(side, decay, new SplitMix64(seed));
        float[] values = image.values().clone();
        double most = 0;
        for (float value : values) {
            most = Math.max(most, value);
        }

        double scale = most / (most + amplitude);
        for (int c = 0; c < image.channels(); c++) {
            for (int row = 0; row < image.height(); row++) {
                for (int column = 0; column < image.width(); column++) {
                    int at = (c * image.height() + row) * image.width() + column;
                    values[at] = Plane.cutOff((values[at] + amplitude * fog.at(row, column)) * scale);
                }
            }
        }

        return image.with(values);
    }
}
