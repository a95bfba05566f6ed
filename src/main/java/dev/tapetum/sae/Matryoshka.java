package dev.tapetum.sae;

import java.util.ArrayList;
import java.util.List;

/**
 * Each of several nested prefixes of the latents must reconstruct the token by itself, so that the first latents are general and
 * the last ones special: {@code mean over prefixes of MSE(x̂ of the prefix) + λ · mean over tokens of Σ f}, with
 * {@code f = max(h, 0)} (Bussmann et al. 2025, arXiv 2503.17547; the penalty in place of their top-k, after Stevens et al. 2025).
 *
 * @param penalty λ, warmed up with the learning rate
 * @param shares of the latents that each prefix adds to the one before; what is left is the last one's
 * @param expansion latents per value of a token
 */
public record Matryoshka(double penalty, List<Double> shares, int expansion) implements Objective {

    public Matryoshka {
        Objective.requireWeight("penalty", penalty);
        Objective.requireExpansion(expansion);
        shares = List.copyOf(shares);
        double sum = 0;
        for (double share : shares) {
            if (!(share > 0)) {
                throw new IllegalArgumentException("shares must be above 0, not " + share);
            }

            sum += share;
        }

        if (!(sum < 1)) {
            throw new IllegalArgumentException("shares must add up to less than 1, not to " + sum);
        }
    }

    @Override
    public Activation activation() {
        return new Activation.Relu();
    }

    /** Lengths of the nested prefixes, ascending; the last is all of {@code features}. Prefixes that round to nothing new are left out. */
    public List<Integer> prefixes(int features) {
        List<Integer> ends = new ArrayList<>();
        double sum = 0;
        int last = 0;
        for (double share : shares) {
            sum += share;
            int end = (int) Math.round(sum * features);
            if (end > last && end < features) {
                ends.add(end);
                last = end;
            }
        }

        ends.add(features);
        return List.copyOf(ends);
    }
}
