package dev.tapetum.table;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of runs, for tests to which only some columns matter. */
public final class RunRows {

    private RunRows() {}

    public static RunRow run(
            String id, Instant start, @Nullable Instant end, RunStatus status, long input, long ok, long rejected) {
        return new RunRow(
                id,
                start,
                end,
                status,
                GateStatus.NONE,
                null,
                "run {}",
                "p",
                "m",
                "d",
                Map.of(),
                null,
                "0.1.0",
                input,
                ok,
                rejected,
                9,
                8,
                7,
                6,
                "cpu",
                1.5);
    }

    public static RunRow complete(String id, Instant start) {
        return run(id, start, start.plusSeconds(60), RunStatus.COMPLETE, 3, 2, 1);
    }
}
