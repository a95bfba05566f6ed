package dev.tapetum.model.djl;

import dev.tapetum.spec.SplitMix64;
import java.util.Iterator;

/**
 * Tokens that are known to be sums of few directions: each of 64 unit vectors in 32 dimensions, drawn at random, and 3 to 5 of them
 * per token, with strengths between 0.5 and 1.5, plus noise of a hundredth. So the mean length of a token is about 2.
 */
record PlantedDictionary(float[] directions) {

    static final int WIDTH = 32;
    static final int DIRECTIONS = 64;

    private static final double NOISE = 0.01;

    static PlantedDictionary drawn(long seed) {
        SplitMix64 random = new SplitMix64(seed);
        float[] directions = new float[DIRECTIONS * WIDTH];
        for (int row = 0; row < directions.length; row += WIDTH) {
            double square = 0;
            for (int i = 0; i < WIDTH; i++) {
                directions[row + i] = (float) random.nextNormal();
                square += (double) directions[row + i] * directions[row + i];
            }

            for (int i = 0; i < WIDTH; i++) {
                directions[row + i] /= (float) Math.sqrt(square);
            }
        }

        return new PlantedDictionary(directions);
    }

    float[] tokens(int count, SplitMix64 random) {
        float[] tokens = new float[count * WIDTH];
        for (int row = 0; row < tokens.length; row += WIDTH) {
            int active = 3 + random.below(3);
            for (int n = 0; n < active; n++) {
                int direction = random.below(DIRECTIONS) * WIDTH;
                float strength = (float) random.between(0.5, 1.5);
                for (int i = 0; i < WIDTH; i++) {
                    tokens[row + i] += strength * directions[direction + i];
                }
            }

            for (int i = 0; i < WIDTH; i++) {
                tokens[row + i] += (float) (NOISE * random.nextNormal());
            }
        }

        return tokens;
    }

    /** Endless batches of fresh tokens; the first {@code skipped} of them are left out. */
    Iterator<float[]> batches(int size, long seed, long skipped) {
        SplitMix64 random = new SplitMix64(seed);
        for (long batch = 0; batch < skipped; batch++) {
            tokens(size, random);
        }

        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public float[] next() {
                return tokens(size, random);
            }
        };
    }

    /** How well each planted direction is met by the learnt one that is nearest to it: the mean of the largest cosines. */
    double meanMaxCosine(float[] decoder) {
        double sum = 0;
        for (int row = 0; row < directions.length; row += WIDTH) {
            double best = -1;
            for (int learnt = 0; learnt < decoder.length; learnt += WIDTH) {
                double product = 0;
                for (int i = 0; i < WIDTH; i++) {
                    product += (double) directions[row + i] * decoder[learnt + i];
                }

                best = Math.max(best, product);
            }

            sum += best;
        }

        return sum / DIRECTIONS;
    }
}
