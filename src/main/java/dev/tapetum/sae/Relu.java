package dev.tapetum.sae;

/**
 * Latents are made few by their price: {@code MSE + λ · mean over tokens of Σ f}, with {@code f = max(h, 0)} (Stevens et al. 2025,
 * arXiv 2502.06755, section 3.1).
 *
 * @param penalty λ, warmed up with the learning rate
 * @param expansion latents per value of a token
 */
public record Relu(double penalty, int expansion) implements Objective {

    public Relu {
        Objective.requireWeight("penalty", penalty);
        Objective.requireExpansion(expansion);
    }

    @Override
    public Activation activation() {
        return new Activation.Relu();
    }
}
