package dev.tapetum.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The toy models of the tests, with the weights that {@code src/test/python/make_toy_bundles.py} exports. */
public final class Toys {

    /** Normalised by numbers without a pattern, so that black, white and zero are three different things. */
    public static final InputSpec INPUT = new InputSpec(3, 4, 4, List.of(0.5f, 0.4f, 0.3f), List.of(0.25f, 0.2f, 0.5f));

    public static final List<String> CLASSES = List.of("circle", "square", "star");

    private Toys() {}

    public static LinearModel linear() {
        return new LinearModel(INPUT, weights(CLASSES.size(), INPUT.size(), 0.5), bias(CLASSES.size(), 0.5));
    }

    /** Its tap is a grid of 2×2 positions with four channels. */
    public static TwoLayerReluModel relu() {
        return relu(new Tap("hidden", Tap.Layout.SPATIAL, 4, 2, 2, 0));
    }

    /** Its tap is one prefix token and a grid of 2×2 tokens with three channels. */
    public static TwoLayerReluModel tokens() {
        return relu(new Tap("hidden", Tap.Layout.TOKENS, 3, 2, 2, 1));
    }

    /** Other weights in the layer next to the logits, and in both; and all weights a little different, twice. */
    public static Map<String, Model> variants() {
        TwoLayerReluModel own = relu();
        double[][] head = weights(CLASSES.size(), own.tap().size(), 7.5);
        double[] headBias = bias(CLASSES.size(), 7.5);
        double[][] stem = weights(own.tap().size(), INPUT.size(), 8.5);
        double[] stemBias = bias(own.tap().size(), 8.5);
        return Map.of(
                "randomised-1",
                new TwoLayerReluModel(INPUT, own.tap(), own.w1(), own.b1(), head, headBias),
                "randomised-2",
                new TwoLayerReluModel(INPUT, own.tap(), stem, stemBias, head, headBias),
                "noisy-1",
                relu(own.tap(), 0.01),
                "noisy-2",
                relu(own.tap(), -0.02));
    }

    /** The card of {@link #relu()} with its variants. */
    public static ModelCard cardWithVariants() {
        ModelCard own = card(relu());
        return new ModelCard(
                own.name(),
                own.input(),
                own.classes(),
                own.taps(),
                own.type(),
                own.rules(),
                List.of(
                        new Variant("randomised-1", Variant.Kind.RANDOMISED, "head"),
                        new Variant("randomised-2", Variant.Kind.RANDOMISED, "everything"),
                        new Variant("noisy-1", Variant.Kind.NOISY, "all"),
                        new Variant("noisy-2", Variant.Kind.NOISY, "all")));
    }

    /** A symmetric matrix and a row of weights per class. */
    public static QuadraticModel quadratic() {
        double[][][] curvature = new double[CLASSES.size()][INPUT.size()][INPUT.size()];
        for (int c = 0; c < curvature.length; c++) {
            for (int i = 0; i < INPUT.size(); i++) {
                for (int j = 0; j < INPUT.size(); j++) {
                    curvature[c][i][j] = Math.sin(0.7 * (i + j) + 0.11 * i * j + c) / INPUT.size();
                }
            }
        }

        return new QuadraticModel(INPUT, curvature, weights(CLASSES.size(), INPUT.size(), 3.5));
    }

    public static ModelCard card(Model model) {
        List<Tap> taps = model instanceof TappedModel tapped ? tapped.taps() : List.of();
        return new ModelCard(
                "toy",
                model.input(),
                CLASSES.subList(0, model.classes()),
                taps,
                model.getClass(),
                model instanceof RuledModel ruled ? ruled.rules() : Set.of(),
                List.of());
    }

    /** Normalised pixels between about black and white. */
    public static float[] image(int seed) {
        return image(INPUT, seed);
    }

    public static float[] image(InputSpec input, int seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        float[] pixels = new float[input.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = 2 * random.nextFloat() - 1;
        }

        return pixels;
    }

    private static TwoLayerReluModel relu(Tap tap) {
        return relu(tap, 0);
    }

    /** @param shift of the phases that the weights are made of */
    private static TwoLayerReluModel relu(Tap tap, double shift) {
        return new TwoLayerReluModel(
                INPUT,
                tap,
                weights(tap.size(), INPUT.size(), 1.5 + shift),
                bias(tap.size(), 1.5 + shift),
                weights(CLASSES.size(), tap.size(), 2.5 + shift),
                bias(CLASSES.size(), 2.5 + shift));
    }

    private static double[][] weights(int rows, int cols, double phase) {
        double[][] weights = new double[rows][cols];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                weights[i][j] = Math.sin(1.7 * i + 0.9 * j + 0.13 * i * j + phase) / Math.sqrt(cols);
            }
        }

        return weights;
    }

    private static double[] bias(int rows, double phase) {
        double[] bias = new double[rows];
        for (int i = 0; i < rows; i++) {
            bias[i] = 0.3 * Math.cos(2.3 * i + phase);
        }

        return bias;
    }
}
