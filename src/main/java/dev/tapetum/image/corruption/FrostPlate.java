package dev.tapetum.image.corruption;

import dev.tapetum.image.PlanarImage;
import dev.tapetum.spec.SplitMix64;

/**
 * A drawn picture of frost on a pane, in place of the photographs of ImageNet-C, which cannot be shipped.
 *
 * <p>It keeps three things of the photographs, measured on 60 crops of 224×224 pixels of each of the five that the published
 * code draws from: the mean colour of each photograph, the standard deviation of each of its channels within a crop, and the
 * mean spectrum of their brightness. One plate is drawn like one photograph;
 * its texture, which all channels share, is a sum of eight octaves of {@link GradientNoise}. What is not kept: the shapes of
 * the crystals, and a skewness between −1 and 0.5.
 */
enum FrostPlate {
    BLUE(0.305, 0.583, 0.647, 0.095, 0.056, 0.052),
    WHITE(0.774, 0.791, 0.828, 0.076, 0.079, 0.081),
    /** The second white photograph is the first one, turned. */
    WHITE_TURNED(0.775, 0.792, 0.828, 0.077, 0.079, 0.082),
    GREY(0.567, 0.625, 0.675, 0.102, 0.102, 0.107),
    DARK(0.398, 0.443, 0.489, 0.149, 0.147, 0.143);

    /** Side of the cells of the first octave, in pixels at 224; each further octave has half of it. */
    private static final double LARGEST_CELL = 160;

    /**
     * The variance of each octave as a share of a crop's. They were fitted, as least squares of relative errors that are not
     * negative, to the photographs' mean shares of variance in half octaves of wavelength and in eight equal rings of frequency:
     * the first are met within 14%, the second within 19%. The sum is above 1, because the longest waves also move the mean of
     * a crop.
     */
    private static final double[] OCTAVES = {0.275, 0.034, 0.077, 0.067, 0.123, 0.122, 0.257, 0.078};

    private final double red;
    private final double green;
    private final double blue;
    private final double redDeviation;
    private final double greenDeviation;
    private final double blueDeviation;

    FrostPlate(
            double red, double green, double blue, double redDeviation, double greenDeviation, double blueDeviation) {
        this.red = red;
        this.green = green;
        this.blue = blue;
        this.redDeviation = redDeviation;
        this.greenDeviation = greenDeviation;
        this.blueDeviation = blueDeviation;
    }

    static FrostPlate any(SplitMix64 random) {
        return values()[random.below(values().length)];
    }

    /** Mean red, green and blue; of one channel, mean grey. */
    double[] mean(int channels) {
        return channels == 1 ? new double[] {Grey.of(red, green, blue)} : new double[] {red, green, blue};
    }

    /** The standard deviation of each channel within a crop. */
    double[] deviation(int channels) {
        return channels == 1
                ? new double[] {Grey.of(redDeviation, greenDeviation, blueDeviation)}
                : new double[] {redDeviation, greenDeviation, blueDeviation};
    }

    /**
     * A picture like this photograph. Octaves whose cells are smaller than a pixel are left out, as a photograph that is made
     * smaller loses them.
     *
     * @param scale pixels per pixel of an image of 224
     */
    PlanarImage draw(int channels, int height, int width, double scale, SplitMix64 random) {
        Plane texture = Plane.blank(height, width);
        double cell = LARGEST_CELL * scale;
        for (int k = 0; k < OCTAVES.length && cell >= 1; k++) {
            GradientNoise.add(texture, cell, Math.sqrt(OCTAVES[k]), random);
            cell /= 2;
        }

        double[] mean = mean(channels);
        double[] deviation = deviation(channels);
        float[] values = new float[channels * height * width];
        for (int i = 0; i < values.length; i++) {
            int c = i / (height * width);
            values[i] = Plane.cutOff(mean[c] + deviation[c] * texture.values()[i % (height * width)]);
        }

        return new PlanarImage(channels, height, width, values);
    }
}
