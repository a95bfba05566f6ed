package dev.tapetum.attribution;

import java.util.Objects;

/**
 * The mean of another method's attributions over copies of the model with noisy weights: what the explanation owes to
 * the chance of one training cancels out. Bykov et al. 2022 (arXiv 2106.10185, NoiseGrad). Costs the wrapped method
 * per copy, and the logits.
 *
 * @param of the method that is averaged
 */
public record NoiseGrad(Attributor of) implements WeightNoise {

    public NoiseGrad {
        Objects.requireNonNull(of, "of");
        WeightNoise.refuseIn(of);
    }

    @Override
    public Attributor averaged() {
        return of;
    }
}
