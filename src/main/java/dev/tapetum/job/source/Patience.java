package dev.tapetum.job.source;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * How long a failing storage is waited for. Hadoop's clients have tried again by themselves before a failure is seen
 * here, and Spark runs a failed task again; in between lies what a few more seconds can mend.
 *
 * @param pauses before the second attempt and each further one
 */
public record Patience(List<Duration> pauses) implements Serializable {

    public static final Patience DEFAULT =
            new Patience(List.of(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(16)));

    public Patience {
        pauses = List.copyOf(pauses);
    }

    int attempts() {
        return pauses.size() + 1;
    }

    /** @param attempt the one that has failed, from 1 on and not the last */
    void pauseAfter(int attempt) throws InterruptedException {
        Thread.sleep(pauses.get(attempt - 1).toMillis());
    }
}
