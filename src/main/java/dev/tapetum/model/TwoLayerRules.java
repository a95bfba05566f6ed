package dev.tapetum.model;

import dev.tapetum.model.RuledModel.Fields;
import java.util.Arrays;

/** The rules of {@link TwoLayerReluModel}, written out: a rule decides what passes the one layer of ReLUs backwards. */
final class TwoLayerRules {

    /** Sharpness of the softplus whose curvature stands in for that of the ReLU, which has none. */
    private static final double BETA = 20;

    private final TwoLayerReluModel model;

    TwoLayerRules(TwoLayerReluModel model) {
        this.model = model;
    }

    Fields fields(Rule rule, float[][] images, int[] targets, double parameter, float[][] against) {
        float[][] values = new float[images.length][];
        double[] totals = new double[images.length];
        Arrays.fill(totals, Double.NaN);
        for (int i = 0; i < images.length; i++) {
            double[] x = Affine.toDoubles(images[i]);
            if (rule == Rule.FULL_GRAD) {
                totals[i] = fullGradient(x, targets[i]);
                values[i] = fullGradientMap(x, targets[i]);
            } else {
                double[] other = against.length == 0 ? x : Affine.toDoubles(against[i]);
                double[] backward = backward(rule, x, targets[i], parameter, other);
                values[i] = Affine.toFloats(Affine.transposed(model.w1(), backward));
            }
        }

        return new Fields(values, totals);
    }

    /** What arrives below the ReLUs. */
    private double[] backward(Rule rule, double[] x, int target, double parameter, double[] other) {
        double[] z = Affine.apply(model.w1(), model.b1(), x);
        double[] above = model.w2()[target];
        double[] reference = Affine.apply(model.w1(), model.b1(), other);
        double[] along = Affine.apply(model.w1(), new double[z.length], other);
        double threshold = rule == Rule.RECT_GRAD ? percentile(z, above, parameter) : 0;
        double kept = rule == Rule.LRP_EPSILON ? stabilised(logit(z, target), parameter) : 1;
        double[] below = new double[z.length];
        for (int h = 0; h < below.length; h++) {
            boolean active = z[h] > 0;
            double gate = 1 / (1 + Math.exp(-BETA * z[h]));
            below[h] = switch (rule) {
                case DECONVNET -> Math.max(0, above[h]);
                case GUIDED_BACKPROP -> active ? Math.max(0, above[h]) : 0;
                case RECT_GRAD -> active && z[h] * above[h] > threshold ? above[h] : 0;
                case LRP_EPSILON -> active ? kept * above[h] * stabilised(z[h], parameter) : 0;
                case DEEP_LIFT -> above[h] * slope(z[h], reference[h]);
                case CURVATURE -> above[h] * BETA * gate * (1 - gate) * along[h];
                case FULL_GRAD -> active ? above[h] : 0;
            };
        }

        return below;
    }

    private double fullGradient(double[] x, int target) {
        double[] below = backward(Rule.FULL_GRAD, x, target, 0, x);
        double[] gradient = Affine.transposed(model.w1(), below);
        double total = model.b2()[target];
        for (int i = 0; i < x.length; i++) {
            total += gradient[i] * x[i];
        }

        for (int h = 0; h < below.length; h++) {
            total += below[h] * model.b1()[h];
        }

        return total;
    }

    /** The biases of a fully connected layer have no place in the image, so the input's own term is all of the map. */
    private float[] fullGradientMap(double[] x, int target) {
        double[] gradient = Affine.transposed(model.w1(), backward(Rule.FULL_GRAD, x, target, 0, x));
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < x.length; i++) {
            low = Math.min(low, Math.abs(gradient[i] * x[i]));
            high = Math.max(high, Math.abs(gradient[i] * x[i]));
        }

        float[] map = new float[x.length];
        int pixels = model.input().pixels();
        int channels = model.input().channels();
        for (int i = 0; i < x.length; i++) {
            double scaled = high > low ? (Math.abs(gradient[i] * x[i]) - low) / (high - low) : 0;
            for (int c = 0; c < channels; c++) {
                map[c * pixels + i % pixels] += (float) (scaled / channels);
            }
        }

        return map;
    }

    private double logit(double[] z, int target) {
        double logit = model.b2()[target];
        for (int h = 0; h < z.length; h++) {
            logit += model.w2()[target][h] * Math.max(0, z[h]);
        }

        return logit;
    }

    /** {@code z / (z + ε sign z)}. */
    private static double stabilised(double z, double epsilon) {
        return z / (z + (z < 0 ? -epsilon : epsilon));
    }

    /** The slope of the ReLU between two points; where they meet, its derivative. */
    private static double slope(double z, double reference) {
        double moved = z - reference;
        if (Math.abs(moved) < 1e-9) {
            return z > 0 ? 1 : 0;
        }

        return (Math.max(0, z) - Math.max(0, reference)) / moved;
    }

    private static double percentile(double[] z, double[] above, double percentile) {
        double[] products = new double[z.length];
        for (int h = 0; h < z.length; h++) {
            products[h] = Math.max(0, z[h]) * above[h];
        }

        Arrays.sort(products);
        double place = percentile / 100 * (products.length - 1);
        int below = (int) place;
        int next = Math.min(below + 1, products.length - 1);
        return products[below] + (place - below) * (products[next] - products[below]);
    }
}
