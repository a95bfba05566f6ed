package dev.tapetum.attributionmetric;

import dev.tapetum.probe.Program;
import java.util.ArrayList;
import java.util.List;

/**
 * The metrics that hold what one method says against what each other method of the run says about the same image: one
 * reading per other method, whose detail is that method's text, and their mean. The mean leaves out pairs about which there
 * is nothing to say; it is NaN where none is left, as in a run of one method.
 */
sealed interface MethodPairs extends AttributionMetric permits Agreement, TopKAgreement {

    /** How alike two maps of absolute values are, summed over channels; NaN where there is nothing to say. */
    double between(float[] sizes, float[] others, Explanation explanation);

    @Override
    default Program<List<Reading>> program(Explanation explanation) {
        return Program.done(read(explanation));
    }

    private List<Reading> read(Explanation explanation) {
        float[] own = explanation.sizes();
        List<Reading> pairs = explanation.others().stream()
                .map(other ->
                        new Reading(other.text(), between(own, explanation.sizes(other.attribution()), explanation)))
                .toList();
        double mean = pairs.stream()
                .mapToDouble(Reading::value)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
        List<Reading> readings = new ArrayList<>(Reading.of(mean));
        readings.addAll(pairs);
        return readings;
    }
}
