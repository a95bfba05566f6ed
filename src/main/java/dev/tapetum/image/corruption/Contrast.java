package dev.tapetum.image.corruption;

import dev.tapetum.image.PlanarImage;

/** Less contrast: every value is drawn towards the mean of its channel, {@code clip(factor · (v − mean) + mean)}. */
record Contrast(double factor) implements ImageCorruption {

    @Override
    public PlanarImage corrupted(PlanarImage image) {
        return Plane.eachChannel(image, this::flattened);
    }

    private Plane flattened(Plane plane) {
        double sum = 0;
        for (double value : plane.values()) {
            sum += value;
        }

        double mean = sum / plane.values().length;
        for (int i = 0; i < plane.values().length; i++) {
            plane.values()[i] = factor * (plane.values()[i] - mean) + mean;
        }

        return plane;
    }
}
