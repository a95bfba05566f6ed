package dev.tapetum.model;

import java.util.Set;

/** A differentiable model that knows backward passes other than the gradient's. */
public interface RuledModel extends DifferentiableModel {

    Set<Rule> rules();

    /**
     * Runs a rule.
     *
     * @param images one normalised planar image per row
     * @param targets the class per image
     * @param parameter the percentile of {@link Rule#RECT_GRAD}, the ε of {@link Rule#LRP_EPSILON}; of others ignored
     * @param against one row per image: the references of {@link Rule#DEEP_LIFT}, the vectors of {@link Rule#CURVATURE};
     *     of others ignored
     */
    Fields fields(Rule rule, float[][] images, int[] targets, double parameter, float[][] against);

    /**
     * What a rule answers.
     *
     * @param values one field per image, laid out as the image
     * @param totals what the parts of each image's field and the biases add up to; NaN unless {@link Rule#FULL_GRAD}
     */
    record Fields(float[][] values, double[] totals) {}
}
