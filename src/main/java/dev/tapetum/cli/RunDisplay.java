package dev.tapetum.cli;

import dev.tapetum.job.PrototypeListener;
import dev.tapetum.job.SaeListener;
import dev.tapetum.job.TrainingNews;
import java.io.PrintStream;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows a person how a run goes. On a terminal one line of progress is written over and over; elsewhere, as in the log of
 * a scheduler, a line appears every ten seconds. The last state is always shown.
 */
final class RunDisplay implements SaeListener, PrototypeListener, AutoCloseable {
    private static final long NANOS_BETWEEN_LINES = 10_000_000_000L;
    private static final String START_OF_LINE = "\r\u001b[K";

    private final PrintStream err;
    private final int columns;
    private final boolean quiet;
    private final LongSupplier nanos;
    private long lastLine;
    private @Nullable String pending;
    private @Nullable String runId;

    /**
     * @param columns the width of the terminal, or 0 when there is none
     * @param quiet whether to show warnings only
     * @param nanos a clock
     */
    RunDisplay(PrintStream err, int columns, boolean quiet, LongSupplier nanos) {
        this.err = err;
        this.columns = columns;
        this.quiet = quiet;
        this.nanos = nanos;
        this.lastLine = nanos.getAsLong();
    }

    @Override
    public synchronized void started(String id) {
        runId = id;
        line("Run " + id);
    }

    @Override
    public synchronized void step(String what) {
        line(what);
    }

    @Override
    public synchronized void warn(String what) {
        settle();
        err.println("Warning: " + what);
    }

    @Override
    public synchronized void progress(long done, long rejected, long images, double rate) {
        show(new ProgressLine(done, rejected, images, rate).text());
    }

    @Override
    public synchronized void training(TrainingNews news) {
        show(new TrainingLine(news).text());
    }

    @Override
    public synchronized void drawing(long done, long drawings, double rate, double evaluations) {
        show(new DrawingLine(done, drawings, rate, evaluations).text());
    }

    private void show(String now) {
        if (quiet || now.equals(pending)) {
            return;
        }

        pending = now;
        if (columns > 0) {
            String text = "  " + now;
            // A line that fills the terminal to its last column would not be overwritten but followed by the next.
            err.print(START_OF_LINE + text.substring(0, Math.min(text.length(), columns - 1)));
            err.flush();
        } else if (nanos.getAsLong() - lastLine >= NANOS_BETWEEN_LINES) {
            settle();
        }
    }

    /** The run's id, once it has one. */
    synchronized @Nullable String runId() {
        return runId;
    }

    @Override
    public synchronized void close() {
        settle();
    }

    private void line(String text) {
        settle();
        if (!quiet) {
            err.println(text);
        }
    }

    /** Makes the progress that is on the screen, or not yet shown, a line of its own. */
    private void settle() {
        if (pending != null) {
            err.println((columns > 0 ? START_OF_LINE : "") + "  " + pending);
            lastLine = nanos.getAsLong();
            pending = null;
        }
    }
}
