package dev.tapetum.cli;

import java.util.concurrent.Callable;

/** The end of the process from outside, by Ctrl-C or by a scheduler. */
final class Interruption {
    private Interruption() {}

    /** Does the work, and something else when the process is told to end before the work is done. */
    static <T> T during(Runnable reaction, Callable<T> work) throws Exception {
        Thread hook = new Thread(reaction, "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.call();
        } finally {
            if (!isUnderWay()) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
    }

    /** Whether the process is about to end, so that whatever fails now fails because of that. */
    static boolean isUnderWay() {
        Thread probe = new Thread(() -> {}, "probe");
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
