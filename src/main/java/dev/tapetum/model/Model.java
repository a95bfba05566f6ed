package dev.tapetum.model;

/**
 * A classifier that answers with logits. What else it can be asked is told by its type: see {@link
 * DifferentiableModel} and {@link TappedModel}.
 */
public interface Model {

    InputSpec input();

    /** Number of classes, the length of one image's logits. */
    int classes();

    /**
     * Logits of a batch.
     *
     * @param images one normalised planar image per row, {@link InputSpec#size()} floats each
     * @return one row of {@link #classes()} logits per image
     */
    float[][] logits(float[][] images);
}
