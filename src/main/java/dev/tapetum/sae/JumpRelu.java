package dev.tapetum.sae;

/**
 * Every latent has a threshold of its own, which is learnt: {@code f = h · 1[h > θ]}, {@code MSE + λ (L0/L0* − 1)²}, with L0 the mean
 * number of active latents of a token (Rajamanoharan et al. 2024, arXiv 2407.14435, equations 8 to 12; the target as in their
 * appendix).
 *
 * <p>The step has no derivative in θ, so its straight-through estimate stands in, with the rectangle
 * {@code K = 1[|h − θ| < ε/2]}: {@code ∂f/∂θ = −(θ/ε) K} and {@code ∂1[h > θ]/∂θ = −(1/ε) K}; the derivative in h is
 * {@code 1[h > θ]}. We learn θ itself and cut it off at zero, where the paper learns its logarithm: with a learning rate of 4e-4
 * and some thousand steps the logarithm would hardly leave its start.
 *
 * @param target L0*, the wanted mean number of active latents
 * @param bandwidth ε, on the scale of normalised tokens; also where every θ starts
 * @param penalty λ, warmed up with the learning rate
 * @param expansion latents per value of a token
 */
public record JumpRelu(double target, double bandwidth, double penalty, int expansion) implements Objective {

    public JumpRelu {
        Objective.requireWeight("penalty", penalty);
        Objective.requireExpansion(expansion);
        if (!(target > 0 && target < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("target must be above 0, not " + target);
        }

        if (!(bandwidth > 0 && bandwidth < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("bandwidth must be above 0, not " + bandwidth);
        }
    }

    @Override
    public Activation activation() {
        return new Activation.Threshold();
    }
}
