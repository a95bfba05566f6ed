package dev.tapetum.job;

import dev.tapetum.attribution.Attributor;
import dev.tapetum.config.Plan;
import dev.tapetum.fairness.Change;
import dev.tapetum.fairness.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What two runs are compared by: of the metrics of a run those that are a mean or a share of numbers that each image has by itself, as
 * {@link PairReader} reads them, and some that only two runs have. No spread, calibration or precision is one, nor what tells of all
 * groups at once.
 *
 * @param names of the metrics
 */
record ComparedMetrics(List<String> names) {

    /** Classes beyond which the rates of each are not compared. */
    static final int MOST_CLASSES = 50;

    private static final Set<String> OF_CLASSES = Set.of("selection-rate", "true-positive-rate", "false-positive-rate");

    private static final Set<String> KINDS = Set.of(
            "accuracy",
            "reject-rate",
            "confidence",
            "feature-frequency",
            "property.expected-gradient.mean",
            "property.signed-gradient.mean",
            "property.flip-rate.mean");

    /** Where a map lies is told and not compared. */
    private static final Set<String> PLACES = Set.of("attribution.centre-x.mean", "attribution.centre-y.mean");

    ComparedMetrics {
        names = List.copyOf(names);
    }

    /**
     * Of runs of a plan.
     *
     * @param metrics that a run has
     * @param classes how many the model has
     */
    static ComparedMetrics of(List<Metric> metrics, Plan plan, int classes) {
        List<String> names = new ArrayList<>();
        metrics.stream()
                .map(Metric::name)
                .filter(name -> isOne(name) && (classes <= MOST_CLASSES || !OF_CLASSES.contains(kind(name))))
                .forEach(names::add);
        List<Attributor> methods = plan.attribution().methods();
        Labels labels = Labels.of(methods);
        names.addAll(Change.onlyOfChanges(
                methods.stream().map(method -> labels.of((Record) method)).toList()));
        return new ComparedMetrics(names);
    }

    /** Whether runs are compared by a metric of this name. */
    static boolean isOne(String name) {
        String kind = kind(name);
        boolean measured = kind.startsWith("attribution.") && kind.endsWith(".mean") && !PLACES.contains(kind);
        return measured || KINDS.contains(kind) || OF_CLASSES.contains(kind) || Change.isOnlyOfChanges(name);
    }

    private static String kind(String name) {
        int bracket = name.indexOf('[');
        return bracket < 0 ? name : name.substring(0, bracket);
    }

    /** The names without brackets, each once. */
    String kinds() {
        return String.join(
                ", ", names.stream().map(ComparedMetrics::kind).distinct().toList());
    }
}
