package dev.tapetum.probe;

import java.util.List;

/**
 * The probabilities behind logits, {@code p_c = exp(F_c) / Σ exp(F)}, in doubles and without overflow.
 *
 * @param logProbabilities {@code log p_c}
 */
public record Softmax(double[] logProbabilities) {

    public static Softmax of(float[] logits) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit);
        }

        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - largest);
        }

        double logSum = largest + Math.log(sum);
        double[] log = new double[logits.length];
        for (int c = 0; c < log.length; c++) {
            log[c] = logits[c] - logSum;
        }

        return new Softmax(log);
    }

    /** Of logits as a table has them. */
    public static Softmax of(List<Float> logits) {
        float[] values = new float[logits.size()];
        for (int c = 0; c < values.length; c++) {
            values[c] = logits.get(c);
        }

        return of(values);
    }

    public double probability(int c) {
        return Math.min(1, Math.exp(logProbabilities[c]));
    }

    public double logProbability(int c) {
        return logProbabilities[c];
    }

    /** {@code Σ p²}. */
    double sumOfSquares() {
        double sum = 0;
        for (int c = 0; c < logProbabilities.length; c++) {
            double p = probability(c);
            sum += p * p;
        }

        return sum;
    }

    /** {@code Σ_c (p_c − 1/C)² / C}, the variance over classes: 0 where all are equally likely, at most {@code (1 − 1/C)/C}. */
    public double variance() {
        double mean = 1.0 / logProbabilities.length;
        double sum = 0;
        for (int c = 0; c < logProbabilities.length; c++) {
            double deviation = probability(c) - mean;
            sum += deviation * deviation;
        }

        return sum * mean;
    }

    /** {@code −Σ p log p}, in nats. */
    public double entropy() {
        double entropy = 0;
        for (double log : logProbabilities) {
            double p = Math.exp(log);
            entropy -= p > 0 ? p * log : 0;
        }

        return Math.max(0, entropy);
    }
}
