package dev.tapetum.job;

/** Hears how a run goes, for whoever shows it to a person. Called from one thread at a time, about once a second. */
public interface RunListener {

    /** The plan and the model are good; the run has its id and is about to write. */
    void started(String runId);

    /** A step of the run begins, in words. */
    void step(String what);

    /** A remark that the user ought to see but that stops nothing. */
    void warn(String what);

    /**
     * The device work goes on.
     *
     * @param done images scored or rejected so far, those of a resumed run's earlier parts included
     * @param rejected rejected ones among them
     * @param images all images of the dataset
     * @param rate images per second of this process's work
     */
    void progress(long done, long rejected, long images, double rate);
}
