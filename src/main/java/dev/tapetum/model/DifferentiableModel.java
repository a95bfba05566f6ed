package dev.tapetum.model;

/** A model whose logits can be differentiated with respect to its input, in evaluation mode. */
public interface DifferentiableModel extends Model {

    /**
     * Gradients of one logit per image, {@code ∂F_target/∂x}.
     *
     * @param images one normalised planar image per row
     * @param targets the class per image
     * @return one gradient per image, laid out as the image
     */
    float[][] inputGradients(float[][] images, int[] targets);
}
