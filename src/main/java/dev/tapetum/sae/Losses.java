package dev.tapetum.sae;

/**
 * What one step saw before it changed the weights.
 *
 * @param total the objective, as it was differentiated
 * @param mse mean squared error over tokens and values; of {@link Matryoshka} the mean over its prefixes
 * @param penalty the penalty's share of the total, the warm-up applied
 * @param auxiliary AuxK's share of the total
 * @param l0 mean number of active latents of a token
 * @param dead latents that have been silent for as long as the objective calls dead, after this step; 0 for objectives that do not say
 * @param gradientLength of the whole gradient, before it was clipped
 */
public record Losses(
        double total, double mse, double penalty, double auxiliary, double l0, int dead, double gradientLength) {}
