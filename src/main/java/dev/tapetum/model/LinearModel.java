package dev.tapetum.model;

/**
 * {@code F(x) = W x + b}: the model whose attributions are known by hand, since its gradient is {@code W}'s row.
 *
 * @param weights one row of {@link InputSpec#size()} weights per class
 * @param bias one bias per class
 */
public record LinearModel(InputSpec input, double[][] weights, double[] bias) implements DifferentiableModel {

    public LinearModel {
        Affine.check(weights, bias, input.size());
    }

    @Override
    public int classes() {
        return bias.length;
    }

    @Override
    public float[][] logits(float[][] images) {
        float[][] logits = new float[images.length][];
        for (int i = 0; i < images.length; i++) {
            logits[i] = Affine.toFloats(Affine.apply(weights, bias, Affine.toDoubles(images[i])));
        }

        return logits;
    }

    @Override
    public float[][] inputGradients(float[][] images, int[] targets) {
        float[][] gradients = new float[images.length][];
        for (int i = 0; i < images.length; i++) {
            gradients[i] = Affine.toFloats(weights[targets[i]]);
        }

        return gradients;
    }
}
