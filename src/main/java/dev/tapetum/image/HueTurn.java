package dev.tapetum.image;

/**
 * Pixels whose hue lies near one turned on the colour circle, in HSV. A pixel that is nearly grey (saturation below {@value
 * #GREY}) has no hue to speak of and stays; and so does an image without colours.
 *
 * @param hue in degrees, from 0
 * @param width how far a pixel's hue may be from it, in degrees
 * @param degrees the turn
 */
public record HueTurn(double hue, double width, double degrees) implements PixelEdit {

    private static final double GREY = 0.1;

    @Override
    public PlanarImage apply(PlanarImage image) {
        float[] values = image.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(0, Math.min(1, values[i]));
        }

        int pixels = image.pixels();
        for (int i = 0; image.channels() == 3 && i < pixels; i++) {
            turn(values, i, i + pixels, i + 2 * pixels);
        }

        return image.with(values);
    }

    private void turn(float[] values, int r, int g, int b) {
        double most = Math.max(values[r], Math.max(values[g], values[b]));
        double least = Math.min(values[r], Math.min(values[g], values[b]));
        double chroma = most - least;
        if (!(chroma >= GREY * most) || chroma == 0) {
            return;
        }

        double own = hue(values[r], values[g], values[b], most, chroma);
        double away = Math.abs(Math.IEEEremainder(own - hue, 360));
        if (away > width) {
            return;
        }

        double turned = own + degrees;
        values[r] = channel(turned, 5, most, chroma);
        values[g] = channel(turned, 3, most, chroma);
        values[b] = channel(turned, 1, most, chroma);
    }

    private static double hue(double red, double green, double blue, double most, double chroma) {
        if (most == red) {
            return 60 * ((green - blue) / chroma);
        }

        return most == green ? 60 * ((blue - red) / chroma + 2) : 60 * ((red - green) / chroma + 4);
    }

    /** {@code V − C · max(0, min(k, 4 − k, 1))} with {@code k = (n + hue/60) mod 6}. */
    private static float channel(double hue, int n, double most, double chroma) {
        double k = n + hue / 60;
        k -= 6 * Math.floor(k / 6);
        return (float) (most - chroma * Math.max(0, Math.min(k, Math.min(4 - k, 1))));
    }
}
