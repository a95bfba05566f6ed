package dev.tapetum.image.corruption;

import dev.tapetum.image.PlanarImage;
import dev.tapetum.spec.SplitMix64;

/**
 * A drawn picture of frost on a pane, in place of the photographs of ImageNet-C, which cannot be shipped.
 *
 * <p>It keeps three things of the photographs, measured on 60 crops of 224×224 pixels of each of the five that the published
 * code draws from: the mean colour of each photograph, the standard deviation of each of its channels within a crop, and the
 * mean share of the variance in each octave of wavelengths, from 256 pixels down to 2. One plate is drawn like one photograph;
 * its texture, which all channels share, is a sum of eight octaves of {@link GradientNoise}. What is not kept: the shapes of
 * the crystals, and a skewness between −1 and 0.5.
 */
enum FrostPlate {
    BLUE(new double[] {0.305, 0.583, 0.647}, new double[] {0.095, 0.056, 0.052}),
    WHITE(new double[] {0.774, 0.791, 0.828}, new double[] {0.076, 0.079, 0.081}),
    /** The second white photograph is the first one, turned. */
    WHITE_TURNED(new double[] {0.775, 0.792, 0.828}, new double[] {0.077, 0.079, 0.082}),
    GREY(new double[] {0.567, 0.625, 0.675}, new double[] {0.102, 0.102, 0.107}),
    DARK(new double[] {0.398, 0.443, 0.489}, new double[] {0.149, 0.147, 0.143});

    /** Side of the cells of the first octave, in pixels at 224; each further octave has half of it. */
    private static final double LARGEST_CELL = 160;

    /**
     * The variance of each octave as a share of a crop's. They solve the linear equations that give the photographs' mean shares
     * of variance in the wavelengths 128–256, 64–128, … 2–4 pixels and below. The sum is above 1, because the longest waves
     * also move the mean of a crop.
     */
    private static final double[] OCTAVES = {0.2808, 0.0406, 0.1058, 0.0463, 0.1637, 0.0748, 0.2777, 0.0542};

    private final double[] mean;
    private final double[] deviation;

    FrostPlate(double[] mean, double[] deviation) {
        this.mean = mean;
        this.deviation = deviation;
    }

    static FrostPlate any(SplitMix64 random) {
        return values()[random.below(values().length)];
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

        float[] values = new float[channels * height * width];
        for (int i = 0; i < values.length; i++) {
            double wave = texture.values()[i % (height * width)];
            int c = i / (height * width);
            values[i] =
                    Plane.cutOff(channels == 1 ? grey(mean) + grey(deviation) * wave : mean[c] + deviation[c] * wave);
        }

        return new PlanarImage(channels, height, width, values);
    }

    private static double grey(double[] colour) {
        return Grey.of(colour[0], colour[1], colour[2]);
    }
}
