package dev.tapetum.job;

import java.io.Serializable;
import java.util.List;

/**
 * How far a training has come.
 *
 * @param part which of the tasks that objectives are dealt over
 * @param step number of steps taken
 * @param steps in all
 * @param batch tokens of a step
 * @param tokensPerSecond of this process's work so far
 * @param autoencoders one per objective of the part
 */
public record TrainingNews(
        int part, long step, long steps, int batch, double tokensPerSecond, List<Learnt> autoencoders)
        implements Serializable {

    public TrainingNews {
        autoencoders = List.copyOf(autoencoders);
    }

    /**
     * What the last step said of an autoencoder.
     *
     * @param objective its name
     * @param mse mean squared error on the normalised side
     * @param l0 mean number of active latents of a token
     */
    public record Learnt(String objective, double mse, double l0) implements Serializable {}
}
