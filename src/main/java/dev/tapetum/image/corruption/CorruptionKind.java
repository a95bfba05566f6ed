package dev.tapetum.image.corruption;

import dev.tapetum.image.PixelEdit;

/**
 * The fifteen corruptions of ImageNet-C at their five severities (Hendrycks and Dietterich 2019, arXiv 1903.12261), and how
 * well AlexNet does under each, by which the mean corruption error is scaled.
 *
 * <p>The parameters are those of the authors' code ({@code make_imagenet_c.py}), from which the published images come.
 */
public enum CorruptionKind {
    GAUSSIAN_NOISE(0.886428),
    SHOT_NOISE(0.894468),
    IMPULSE_NOISE(0.922640),
    DEFOCUS_BLUR(0.819880),
    GLASS_BLUR(0.826268),
    MOTION_BLUR(0.785948),
    ZOOM_BLUR(0.798360),
    SNOW(0.866816),
    FROST(0.826572),
    FOG(0.819324),
    BRIGHTNESS(0.564592),
    CONTRAST(0.853204),
    ELASTIC(0.646056),
    PIXELATE(0.717840),
    JPEG(0.606500);

    /** How many severities each kind has; they are numbered from 1. */
    public static final int SEVERITIES = 5;

    /** AlexNet's top-1 error on the clean images (the paper's table 1), for the relative mean corruption error. */
    public static final double ALEXNET_CLEAN_ERROR = 0.435;

    /** The elastic transform's lengths are parts of 244 pixels: the authors' slip for 224, kept because the images have it. */
    private static final double ELASTIC_UNIT = 244;

    /**
     * In pixels, the smallest that is published. The interpolation of flakes of two pixels and more leaves about half of the
     * variance, and smaller flakes would be so many more above the threshold.
     */
    private static final double SMALLEST_FLAKE = 2;

    private final double alexnetMeanError;

    CorruptionKind(double alexnetMeanError) {
        this.alexnetMeanError = alexnetMeanError;
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

        Step at = new Step(severity);
        PixelScale scale = PixelScale.of(height, width);
        return switch (this) {
            case GAUSSIAN_NOISE -> new GaussianNoise(at.of(0.08, 0.12, 0.18, 0.26, 0.38), seed);
            case SHOT_NOISE -> new ShotNoise(at.of(60, 25, 12, 5, 3), seed);
            case IMPULSE_NOISE -> new ImpulseNoise(at.of(0.03, 0.06, 0.09, 0.17, 0.27), seed);
            case DEFOCUS_BLUR -> DefocusBlur.scaled(at.of(3, 4, 6, 8, 10), at.of(0.1, 0.5, 0.5, 0.5, 0.5), scale);
            case GLASS_BLUR ->
                new GlassBlur(
                        scale.length(at.of(0.7, 0.9, 1, 1.1, 1.5)),
                        scale.steps((int) at.of(1, 2, 2, 3, 4)),
                        (int) at.of(2, 1, 3, 2, 2),
                        seed);
            case MOTION_BLUR ->
                new MotionBlur(scale.length(at.of(10, 15, 15, 15, 20)), scale.length(at.of(3, 5, 8, 12, 15)), seed);
            case ZOOM_BLUR -> new ZoomBlur(at.of(1.11, 1.16, 1.21, 1.26, 1.31), at.of(0.01, 0.01, 0.02, 0.02, 0.03));
            case SNOW ->
                new Snow(
                        at.of(0.1, 0.2, 0.55, 0.55, 0.55),
                        0.3,
                        Math.max(SMALLEST_FLAKE, scale.distance(at.of(3, 2, 4, 4.5, 2.5))),
                        at.of(0.5, 0.5, 0.9, 0.85, 0.85),
                        scale.length(at.of(10, 12, 12, 12, 12)),
                        scale.length(at.of(4, 4, 8, 8, 12)),
                        at.of(0.8, 0.7, 0.7, 0.65, 0.55),
                        seed);
            case FROST ->
                new Frost(at.of(1, 0.8, 0.7, 0.65, 0.6), at.of(0.4, 0.6, 0.7, 0.7, 0.75), scale.ratio(), seed);
            case FOG -> new Fog(at.of(1.5, 2, 2.5, 2.5, 3), at.of(2, 2, 1.7, 1.5, 1.4), seed);
            case BRIGHTNESS -> new Brightness(at.of(0.1, 0.2, 0.3, 0.4, 0.5));
            case CONTRAST -> new Contrast(at.of(0.4, 0.3, 0.2, 0.1, 0.05));
            case ELASTIC ->
                Elastic.scaled(
                        ELASTIC_UNIT * at.of(2, 2, 0.05, 0.07, 0.12),
                        ELASTIC_UNIT * at.of(0.7, 0.08, 0.01, 0.01, 0.01),
                        ELASTIC_UNIT * at.of(0.1, 0.2, 0.02, 0.02, 0.02),
                        scale,
                        seed);
            case PIXELATE -> new Pixelate(at.of(0.6, 0.5, 0.4, 0.3, 0.25));
            case JPEG -> new JpegCompression((int) at.of(25, 18, 15, 10, 7));
        };
    }

    /** Picks a parameter's value at a severity. */
    private record Step(int severity) {

        double of(double first, double second, double third, double fourth, double fifth) {
            return switch (severity) {
                case 1 -> first;
                case 2 -> second;
                case 3 -> third;
                case 4 -> fourth;
                default -> fifth;
            };
        }
    }
}
