package dev.tapetum.model.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** The way through a batch and back: what the objective is, and its gradient in every weight. */
interface SaePass {

    /**
     * What came of it.
     *
     * @param gradients by the names of {@link SaeWeights}
     * @param mse mean squared error over tokens and values
     * @param penalty its share of the objective
     * @param auxiliary its share of the objective
     * @param active for each latent the number of tokens in which it is active, n
     * @param smallest activation that was let through; 0 when nothing was, or when there is no such cut
     */
    record Result(
            SaeGradients gradients, double mse, double penalty, double auxiliary, NDArray active, float smallest) {}

    /**
     * Computes it; all tensors that are made belong to {@code scratch}, as the weights do meanwhile.
     *
     * @param tokens normalised, {@code B × d}
     * @param warmth what the penalty is multiplied by
     * @param dead latents that are to be revived, ascending
     */
    Result run(NDManager scratch, NDArray tokens, double warmth, long[] dead);
}
