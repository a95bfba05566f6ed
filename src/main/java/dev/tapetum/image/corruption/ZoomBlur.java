package dev.tapetum.image.corruption;

import dev.tapetum.image.PlanarImage;

/**
 * A camera that moves ahead: the mean of the image and of its {@link ClippedZoom} at every factor 1, 1 + step, 1 + 2 step, …
 * below {@code end}. The factor 1 is among them, so that the image itself counts twice.
 *
 * <p>How many factors there are is {@code ⌈(end − 1)/step⌉} in floating point, as NumPy's {@code arange} counts: with 1.11 and
 * 0.01 that is 12, since {@code 1.11 − 1} lies above 0.11, and 1.11 itself is among the factors.
 */
record ZoomBlur(double end, double step) implements ImageCorruption {

    ZoomBlur {
        if (!(end > 1) || !(step > 0)) {
            throw new IllegalArgumentException(
                    "A zoom blur ends above 1 and has steps above 0, not " + end + " and " + step);
        }
    }

    @Override
    public PlanarImage corrupted(PlanarImage image) {
        return Plane.eachChannel(image, this::blurred);
    }

    private Plane blurred(Plane plane) {
        int factors = (int) Math.ceil((end - 1) / step);
        double[] sums = plane.values().clone();
        for (int k = 0; k < factors; k++) {
            double[] zoomed = ClippedZoom.apply(plane, 1 + k * (1 + step - 1)).values();
            for (int i = 0; i < sums.length; i++) {
                sums[i] += zoomed[i];
            }
        }

        for (int i = 0; i < sums.length; i++) {
            sums[i] /= factors + 1;
        }

        return new Plane(plane.height(), plane.width(), sums);
    }
}
