package dev.tapetum.job;

import dev.tapetum.fairness.Finding;
import dev.tapetum.fairness.GateVerdict;
import dev.tapetum.table.RunRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param run its row
 * @param verdicts one per rule of the gate
 * @param findings established gaps, the most important first
 * @param modelLoads where models were loaded, one entry per loading
 * @param report where {@code report.html} lies; null when it could not be written
 */
public record RunOutcome(
        RunRow run,
        List<GateVerdict> verdicts,
        List<Finding> findings,
        List<String> modelLoads,
        @Nullable String report) {

    public RunOutcome {
        verdicts = List.copyOf(verdicts);
        findings = List.copyOf(findings);
        modelLoads = List.copyOf(modelLoads);
    }
}
