package dev.tapetum.job;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does something every second on a thread of its own, until it is closed. */
final class EverySecond implements AutoCloseable {

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    EverySecond(Runnable work) {
        clock.scheduleAtFixedRate(work, 1, 1, TimeUnit.SECONDS);
    }

    /** What has begun goes on to its end, and nothing comes after it. */
    @Override
    public void close() {
        clock.shutdown();
    }
}
