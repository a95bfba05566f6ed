package dev.tapetum.job;

/** Hears how the drawing of prototypes goes. */
public interface PrototypeListener extends RunListener {

    /**
     * The drawing goes on.
     *
     * @param done drawings that are finished, those of earlier calls among them
     * @param drawings all of them
     * @param rate drawings per second of this process's work
     * @param evaluations of the model per second of this process's work
     */
    void drawing(long done, long drawings, double rate, double evaluations);
}
