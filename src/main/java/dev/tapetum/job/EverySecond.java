package dev.tapetum.job;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Does something every second on a thread of its own, while long work goes on. */
final class EverySecond {

    private EverySecond() {}

    /** The result of {@code work}, during which {@code tick} is called; no tick begins after it has ended. */
    static <T> T during(Supplier<T> work, Runnable tick) {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        ScheduledFuture<?> ticks = clock.scheduleAtFixedRate(tick, 1, 1, TimeUnit.SECONDS);
        try {
            return work.get();
        } finally {
            ticks.cancel(false);
            clock.shutdown();
        }
    }
}
