package dev.tapetum.image.corruption;

import dev.tapetum.image.PixelEdit;

/**
 * The fifteen corruptions of ImageNet-C at their five severities (Hendrycks and Dietterich 2019, arXiv 1903.12261), and how
 * well AlexNet does under each, by which the mean corruption error is scaled.
 *
 * <p>The parameters are those of the authors' code ({@code make_imagenet_c.py}), from which the published images come.
 */
public enum CorruptionKind {
    GAUSSIAN_NOISE(0.886428, new double[][] {{0.08}, {0.12}, {0.18}, {0.26}, {0.38}}),
    SHOT_NOISE(0.894468, new double[][] {{60}, {25}, {12}, {5}, {3}}),
    IMPULSE_NOISE(0.922640, new double[][] {{0.03}, {0.06}, {0.09}, {0.17}, {0.27}}),
    /** Radius and antialiasing. */
    DEFOCUS_BLUR(0.819880, new double[][] {{3, 0.1}, {4, 0.5}, {6, 0.5}, {8, 0.5}, {10, 0.5}}),
    /** Sigma, largest displacement, iterations. */
    GLASS_BLUR(0.826268, new double[][] {{0.7, 1, 2}, {0.9, 2, 1}, {1, 2, 3}, {1.1, 3, 2}, {1.5, 4, 2}}),
    /** Radius and sigma. */
    MOTION_BLUR(0.785948, new double[][] {{10, 3}, {15, 5}, {15, 8}, {15, 12}, {20, 15}}),
    /** End and step of the factors. */
    ZOOM_BLUR(0.798360, new double[][] {{1.11, 0.01}, {1.16, 0.01}, {1.21, 0.02}, {1.26, 0.02}, {1.31, 0.03}}),
    /** Mean, deviation, zoom, threshold, radius and sigma of the trail, mix. */
    SNOW(0.866816, new double[][] {
        {0.1, 0.3, 3, 0.5, 10, 4, 0.8},
        {0.2, 0.3, 2, 0.5, 12, 4, 0.7},
        {0.55, 0.3, 4, 0.9, 12, 8, 0.7},
        {0.55, 0.3, 4.5, 0.85, 12, 8, 0.65},
        {0.55, 0.3, 2.5, 0.85, 12, 12, 0.55}
    }),
    /** Weights of the image and of the frost. */
    FROST(0.826572, new double[][] {{1, 0.4}, {0.8, 0.6}, {0.7, 0.7}, {0.65, 0.7}, {0.6, 0.75}}),
    /** Amplitude and decay. */
    FOG(0.819324, new double[][] {{1.5, 2}, {2, 2}, {2.5, 1.7}, {2.5, 1.5}, {3, 1.4}}),
    BRIGHTNESS(0.564592, new double[][] {{0.1}, {0.2}, {0.3}, {0.4}, {0.5}}),
    CONTRAST(0.853204, new double[][] {{0.4}, {0.3}, {0.2}, {0.1}, {0.05}}),
    /** Alpha, sigma and corners, in parts of 244 pixels: the authors' slip for 224, kept because the images have it. */
    ELASTIC(
            0.646056,
            new double[][] {{2, 0.7, 0.1}, {2, 0.08, 0.2}, {0.05, 0.01, 0.02}, {0.07, 0.01, 0.02}, {0.12, 0.01, 0.02}}),
    PIXELATE(0.717840, new double[][] {{0.6}, {0.5}, {0.4}, {0.3}, {0.25}}),
    JPEG(0.606500, new double[][] {{25}, {18}, {15}, {10}, {7}});

    /** How many severities each kind has; they are numbered from 1. */
    public static final int SEVERITIES = 5;

    /** AlexNet's top-1 error on the clean images (the paper's table 1), for the relative mean corruption error. */
    public static final double ALEXNET_CLEAN_ERROR = 0.435;

    private static final double ELASTIC_UNIT = 244;

    private final double alexnetMeanError;
    private final double[][] parameters;

    CorruptionKind(double alexnetMeanError, double[][] parameters) {
        this.alexnetMeanError = alexnetMeanError;
        this.parameters = parameters;
    }

    /** AlexNet's top-1 error under this corruption, the mean over the five severities; the divisor of the corruption error. */
    public double alexnetMeanError() {
        return alexnetMeanError;
    }

    /** Whether two seeds make two images. */
    public boolean isRandom() {
        return switch (this) {
            case GAUSSIAN_NOISE, SHOT_NOISE, IMPULSE_NOISE, GLASS_BLUR, MOTION_BLUR, SNOW, FROST, FOG, ELASTIC -> true;
            case DEFOCUS_BLUR, ZOOM_BLUR, BRIGHTNESS, CONTRAST, PIXELATE, JPEG -> false;
        };
    }

    /**
     * This corruption for images of one size. Lengths are meant for images of 224 pixels, and scaled by the shorter side over
     * 224 for others.
     *
     * @param severity from 1 to 5
     * @param seed of its random numbers; does nothing where there are none
     */
    public PixelEdit edit(int severity, int height, int width, long seed) {
        if (severity < 1 || severity > SEVERITIES) {
            throw new IllegalArgumentException("A severity is from 1 to " + SEVERITIES + ", not " + severity);
        }

        double[] p = parameters[severity - 1];
        PixelScale scale = PixelScale.of(height, width);
        return switch (this) {
            case GAUSSIAN_NOISE -> new GaussianNoise(p[0], seed);
            case SHOT_NOISE -> new ShotNoise(p[0], seed);
            case IMPULSE_NOISE -> new ImpulseNoise(p[0], seed);
            case DEFOCUS_BLUR -> DefocusBlur.scaled(p[0], p[1], scale);
            case GLASS_BLUR -> new GlassBlur(scale.length(p[0]), scale.steps((int) p[1]), (int) p[2], seed);
            case MOTION_BLUR -> new MotionBlur(scale.length(p[0]), scale.length(p[1]), seed);
            case ZOOM_BLUR -> new ZoomBlur(p[0], p[1]);
            case SNOW ->
                new Snow(
                        p[0],
                        p[1],
                        Math.max(1, scale.distance(p[2])),
                        p[3],
                        scale.length(p[4]),
                        scale.length(p[5]),
                        p[6],
                        seed);
            case FROST -> new Frost(p[0], p[1], scale.ratio(), seed);
            case FOG -> new Fog(p[0], p[1], seed);
            case BRIGHTNESS -> new Brightness(p[0]);
            case CONTRAST -> new Contrast(p[0]);
            case ELASTIC -> Elastic.scaled(ELASTIC_UNIT * p[0], ELASTIC_UNIT * p[1], ELASTIC_UNIT * p[2], scale, seed);
            case PIXELATE -> new Pixelate(p[0]);
            case JPEG -> new JpegCompression((int) p[0]);
        };
    }
}
