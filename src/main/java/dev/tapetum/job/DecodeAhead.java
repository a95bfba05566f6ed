package dev.tapetum.job;

import dev.tapetum.job.source.StorageException;
import dev.tapetum.job.source.TaskEndedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Prepares the next images on threads of the process while the device works on the last ones, in order, and never more
 * than {@code ahead} of them at once. What they may take of the heap meanwhile is for {@link DecodeBudget} to say.
 *
 * <p>The source is read by the consumer's thread only, as Spark's iterators demand.
 */
final class DecodeAhead<A, B> implements Iterator<B>, AutoCloseable {

    private static final ExecutorService THREADS =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), task -> {
                Thread thread = new Thread(task, "tapetum-decode");
                thread.setDaemon(true);
                return thread;
            });

    private final Iterator<A> source;
    private final Function<A, B> prepare;
    private final int ahead;
    private final Deque<Future<B>> inFlight = new ArrayDeque<>();

    DecodeAhead(Iterator<A> source, Function<A, B> prepare, int ahead) {
        this.source = source;
        this.prepare = prepare;
        this.ahead = ahead;
    }

    @Override
    public boolean hasNext() {
        while (inFlight.size() < ahead && source.hasNext()) {
            A next = source.next();
            inFlight.add(THREADS.submit(() -> prepare.apply(next)));
        }

        return !inFlight.isEmpty();
    }

    @Override
    public B next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }

        try {
            return inFlight.remove().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The task was cancelled while it waited for an image", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StorageException storage) {
                // As it is, since the driver shows the first line of what ended the task.
                throw storage;
            }

            if (e.getCause() instanceof TaskEndedException ended) {
                throw ended;
            }

            throw new IllegalStateException("An image could not be prepared", e.getCause());
        }
    }

    /** Gives up what is still being prepared. */
    @Override
    public void close() {
        inFlight.forEach(future -> future.cancel(true));
        inFlight.clear();
    }
}
