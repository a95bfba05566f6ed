package dev.tapetum.sae;

/** An autoencoder in training on some hardware. For one thread. */
public interface Learner extends AutoCloseable {

    Objective objective();

    /**
     * One step of Adam.
     *
     * @param tokens normalised, {@code B × d}, row by row
     * @param learningRate of this step
     * @param warmth what the objective's penalty is multiplied by in this step, 0 to 1
     */
    Losses step(float[] tokens, double learningRate, double warmth);

    /** What has been learnt so far. */
    SparseAutoencoder autoencoder();

    /** All that is needed to go on later. */
    LearnerState state();

    /** Goes on from a state that a learner of the same objective and width has given. */
    void restore(LearnerState state);

    @Override
    void close();
}
