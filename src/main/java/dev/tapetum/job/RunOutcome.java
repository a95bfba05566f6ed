package dev.tapetum.job;

import dev.tapetum.fairness.Established;
import dev.tapetum.fairness.GateVerdict;
import dev.tapetum.table.RunRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param run its row
 * @param verdicts one per rule of the gate
 * @param established the established gaps as findings, and which methods they leave out
 * @param modelLoads where models were loaded, one entry per loading
 * @param verdict where {@code verdict.json} lies; null when it could not be written
 * @param report where {@code report.html} lies; null when it could not be written
 */
public record RunOutcome(
        RunRow run,
        List<GateVerdict> verdicts,
        Established established,
        List<String> modelLoads,
        @Nullable String verdict,
        @Nullable String report) {

    public RunOutcome {
        verdicts = List.copyOf(verdicts);
        modelLoads = List.copyOf(modelLoads);
    }
}
