package dev.tapetum.job;

/** Hears how the training of autoencoders goes. */
public interface SaeListener extends RunListener {

    /** A training goes on; called from Spark's thread of events. */
    void training(TrainingNews news);
}
