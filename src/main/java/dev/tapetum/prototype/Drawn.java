package dev.tapetum.prototype;

import dev.tapetum.probe.Softmax;

/**
 * What was drawn from one seed.
 *
 * @param values the normalised input. It is an image: between black and white, in steps of 1/255, so that a picture of it in a
 *     file is exactly what the model was asked about
 * @param logits the model's answer to {@code values}
 * @param steps updates that were made after the start
 * @param startVariance the variance over classes of the softmax probabilities at the start; NaN where a generator looks for no
 *     such start
 */
public record Drawn(float[] values, float[] logits, int steps, double startVariance) {

    public double logit(int classIndex) {
        return logits[classIndex];
    }

    /** The softmax probability of a class. */
    public double probability(int classIndex) {
        return Softmax.of(logits).probability(classIndex);
    }
}
