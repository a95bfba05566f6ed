package dev.tapetum.model;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * {@code F(x) = W₂ max(0, W₁ x + b₁) + b₂}: the smallest model with kinks, and with an inner layer to tap.
 *
 * <p>Its one tap is the hidden layer after the ReLU; the hidden units are arranged as the tap says.
 */
public record TwoLayerReluModel(InputSpec input, Tap tap, double[][] w1, double[] b1, double[][] w2, double[] b2)
        implements TappedModel, RuledModel {

    public TwoLayerReluModel {
        Affine.check(w1, b1, input.size());
        Affine.check(w2, b2, b1.length);
        if (tap.size() != b1.length) {
            throw new IllegalArgumentException("Tap of " + tap.size() + " floats for " + b1.length + " hidden units");
        }
    }

    @Override
    public int classes() {
        return b2.length;
    }

    @Override
    public List<Tap> taps() {
        return List.of(tap);
    }

    @Override
    public float[][] logits(float[][] images) {
        float[][] logits = new float[images.length][];
        for (int i = 0; i < images.length; i++) {
            logits[i] = Affine.toFloats(Affine.apply(w2, b2, hidden(images[i])));
        }

        return logits;
    }

    @Override
    public float[][] inputGradients(float[][] images, int[] targets) {
        float[][] gradients = new float[images.length][];
        for (int i = 0; i < images.length; i++) {
            double[] hidden = hidden(images[i]);
            double[] backward = new double[hidden.length];
            for (int h = 0; h < hidden.length; h++) {
                backward[h] = hidden[h] > 0 ? w2[targets[i]][h] : 0;
            }

            gradients[i] = Affine.toFloats(Affine.transposed(w1, backward));
        }

        return gradients;
    }

    @Override
    public float[][] activations(Tap at, float[][] images) {
        float[][] activations = new float[images.length][];
        for (int i = 0; i < images.length; i++) {
            activations[i] = Affine.toFloats(hidden(images[i]));
        }

        return activations;
    }

    @Override
    public float[][] headLogits(Tap at, float[][] activations) {
        float[][] logits = new float[activations.length][];
        for (int i = 0; i < activations.length; i++) {
            logits[i] = Affine.toFloats(Affine.apply(w2, b2, Affine.toDoubles(activations[i])));
        }

        return logits;
    }

    @Override
    public float[][] tapGradients(Tap at, float[][] activations, int[] targets) {
        float[][] gradients = new float[activations.length][];
        for (int i = 0; i < activations.length; i++) {
            gradients[i] = Affine.toFloats(w2[targets[i]]);
        }

        return gradients;
    }

    @Override
    public Set<Rule> rules() {
        return EnumSet.allOf(Rule.class);
    }

    @Override
    public Fields fields(Rule rule, float[][] images, int[] targets, double parameter, float[][] against) {
        return new TwoLayerRules(this).fields(rule, images, targets, parameter, against);
    }

    private double[] hidden(float[] image) {
        double[] hidden = Affine.apply(w1, b1, Affine.toDoubles(image));
        for (int h = 0; h < hidden.length; h++) {
            hidden[h] = Math.max(0, hidden[h]);
        }

        return hidden;
    }
}
