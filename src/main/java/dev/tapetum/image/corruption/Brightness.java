package dev.tapetum.image.corruption;

import dev.tapetum.image.PlanarImage;

/**
 * More light: the value of the HSV colour, {@code V = max(R, G, B)}, is raised to {@code V' = min(V + added, 1)}, hue and
 * saturation stay. For a fixed hue and saturation the colour is proportional to V, so that every channel is multiplied by
 * {@code V'/V}; black, which has no hue, becomes the grey V'.
 */
record Brightness(double added) implements ImageCorruption {

    @Override
    public PlanarImage corrupted(PlanarImage image) {
        float[] values = image.values().clone();
        int pixels = image.pixels();
        for (int i = 0; i < pixels; i++) {
            double most = 0;
            for (int at = i; at < values.length; at += pixels) {
                most = Math.max(most, values[at]);
            }

            double raised = Math.max(0, Math.min(1, most + added));
            for (int at = i; at < values.length; at += pixels) {
                values[at] = Plane.cutOff(most == 0 ? raised : values[at] * (raised / most));
            }
        }

        return image.with(values);
    }
}
