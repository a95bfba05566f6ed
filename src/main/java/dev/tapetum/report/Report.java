package dev.tapetum.report;

import static java.util.Objects.requireNonNull;

import dev.tapetum.fairness.Finding;
import dev.tapetum.fairness.GateVerdict;
import dev.tapetum.stats.StatisticsSettings;
import dev.tapetum.table.GapRow;
import dev.tapetum.table.GroupMetricRow;
import dev.tapetum.table.RunRow;
import java.util.List;

/**
 * All that a report tells of one run. A report is a function of this record and of nothing else: no clock, no files.
 *
 * <p>Every list may be empty: a run without images has no metrics, a plan without a gate has no verdicts.
 *
 * @param run the run's row: status, ledger, digests and costs
 * @param dataset the data set as the plan names it
 * @param model the model as the plan names it
 * @param statistics how intervals and verdicts were made
 * @param gate the verdict of each rule, in the order of the plan
 * @param findings what was established, the most important first
 * @param metrics every metric of the whole and of every group
 * @param gaps every group against the others
 * @param rejects how many images were rejected for which reason
 * @param worst the groups to show images of, the worst first
 * @param explanations what is known of the methods that explain
 * @param interventions how the model answers while properties of the images are changed
 * @param features what is known of the features of a sparse autoencoder
 * @param slices the subgroups that were searched for errors
 * @param prototypes what the model draws for its classes
 */
public record Report(
        RunRow run,
        String dataset,
        String model,
        StatisticsSettings statistics,
        List<GateVerdict> gate,
        List<Finding> findings,
        List<GroupMetricRow> metrics,
        List<GapRow> gaps,
        List<RejectCount> rejects,
        List<GroupExamples> worst,
        Explanations explanations,
        Interventions interventions,
        Features features,
        Slices slices,
        Prototypes prototypes) {

    public Report {
        requireNonNull(run, "run");
        requireNonNull(dataset, "dataset");
        requireNonNull(model, "model");
        requireNonNull(statistics, "statistics");
        gate = List.copyOf(gate);
        findings = List.copyOf(findings);
        metrics = List.copyOf(metrics);
        gaps = List.copyOf(gaps);
        rejects = List.copyOf(rejects);
        worst = List.copyOf(worst);
        requireNonNull(explanations, "explanations");
        requireNonNull(interventions, "interventions");
        requireNonNull(features, "features");
        requireNonNull(slices, "slices");
        requireNonNull(prototypes, "prototypes");
    }
}
