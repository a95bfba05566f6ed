package dev.tapetum.prototype;

import dev.tapetum.image.PlanarImage;
import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.Stimulus;

/** Between images on the scale from 0 to 1, in doubles, and a model's normalised input. */
record UnitScale(InputSpec input) {

    private static final double LEVELS = 255;

    Stimulus.Pixels stimulus(double[] image) {
        float[] values = new float[image.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) image[i];
        }

        return new Stimulus.Pixels(normalised(values));
    }

    /** The nearest image of 8-bit pixels. */
    Stimulus.Pixels rounded(double[] image) {
        float[] values = new float[image.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.round(LEVELS * Math.max(0, Math.min(1, image[i]))) / (float) LEVELS;
        }

        return new Stimulus.Pixels(normalised(values));
    }

    /** What a gradient with respect to the normalised input is with respect to the image: {@code g/std}. */
    double[] gradient(float[] ofInput) {
        double[] gradient = new double[ofInput.length];
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = ofInput[i] / (double) input.std().get(i / input.pixels());
        }

        return gradient;
    }

    private float[] normalised(float[] values) {
        return input.normalised(new PlanarImage(input.channels(), input.height(), input.width(), values));
    }
}
