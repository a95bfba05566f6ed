package dev.tapetum.model;

import java.util.Arrays;
import java.util.Set;

/**
 * {@code F_c(x) = ½ xᵀ A_c x + w_cᵀ x}: a curved model, whose integrated gradients are known in closed form.
 *
 * @param curvature one symmetric matrix per class
 * @param weights one row of weights per class
 */
public record QuadraticModel(InputSpec input, double[][][] curvature, double[][] weights) implements RuledModel {

    public QuadraticModel {
        if (curvature.length != weights.length) {
            throw new IllegalArgumentException(curvature.length + " matrices for " + weights.length + " classes");
        }

        for (int c = 0; c < weights.length; c++) {
            Affine.check(curvature[c], weights[c], input.size());
        }
    }

    @Override
    public int classes() {
        return weights.length;
    }

    @Override
    public float[][] logits(float[][] images) {
        float[][] logits = new float[images.length][classes()];
        for (int i = 0; i < images.length; i++) {
            double[] x = Affine.toDoubles(images[i]);
            for (int c = 0; c < classes(); c++) {
                double[] curved = Affine.apply(curvature[c], new double[x.length], x);
                double sum = 0;
                for (int j = 0; j < x.length; j++) {
                    sum += (0.5 * curved[j] + weights[c][j]) * x[j];
                }

                logits[i][c] = (float) sum;
            }
        }

        return logits;
    }

    @Override
    public float[][] inputGradients(float[][] images, int[] targets) {
        float[][] gradients = new float[images.length][];
        for (int i = 0; i < images.length; i++) {
            int c = targets[i];
            gradients[i] = Affine.toFloats(Affine.apply(curvature[c], weights[c], Affine.toDoubles(images[i])));
        }

        return gradients;
    }

    @Override
    public Set<Rule> rules() {
        return Set.of(Rule.CURVATURE);
    }

    @Override
    public Fields fields(Rule rule, float[][] images, int[] targets, double parameter, float[][] against) {
        if (rule != Rule.CURVATURE) {
            throw new IllegalArgumentException("This model has no layers for " + rule.text());
        }

        float[][] products = new float[images.length][];
        for (int i = 0; i < images.length; i++) {
            double[] vector = Affine.toDoubles(against[i]);
            products[i] = Affine.toFloats(Affine.apply(curvature[targets[i]], new double[vector.length], vector));
        }

        double[] totals = new double[images.length];
        Arrays.fill(totals, Double.NaN);
        return new Fields(products, totals);
    }
}
