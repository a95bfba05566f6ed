package dev.tapetum.image.corruption;

import dev.tapetum.image.PlanarImage;

/** The grey of a pixel, {@code 0.299 R + 0.587 G + 0.114 B} (Rec. 601); of a grey image its only channel. */
final class Grey {

    private Grey() {}

    static double of(PlanarImage image, int pixel) {
        float[] values = image.values();
        int pixels = image.pixels();
        return image.channels() == 1
                ? values[pixel]
                : of(values[pixel], values[pixels + pixel], values[2 * pixels + pixel]);
    }

    static double of(double red, double green, double blue) {
        return 0.299 * red + 0.587 * green + 0.114 * blue;
    }
}
