package dev.tapetum.model;

import java.util.List;

/** A differentiable model with inner layers that can be read and replaced: {@code head(stem(x)) = forward(x)} at every tap. */
public interface TappedModel extends DifferentiableModel {

    List<Tap> taps();

    /** Activations at a tap, one row of {@link Tap#size()} floats per image. */
    float[][] activations(Tap tap, float[][] images);

    /** Logits that the layers above a tap give for activations at it, one row of {@link Tap#size()} floats per image. */
    float[][] headLogits(Tap tap, float[][] activations);

    /** Gradients of one logit per image with respect to the activation at a tap. */
    float[][] tapGradients(Tap tap, float[][] activations, int[] targets);
}
