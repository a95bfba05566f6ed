package dev.tapetum.attributionmetric;

import dev.tapetum.attribution.Attribution;
import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.Program;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The metrics that hold what one method says against what each other method of the run says about the same image: one
 * reading per other method, whose detail is that method's text, and their mean. The mean leaves out pairs about which there
 * is nothing to say; it is NaN where none is left, as in a run of one method.
 *
 * <p>They ask the model nothing, but sort every map: the maps of an image are prepared once for all pairs.
 *
 * @param <V> what a map is compared by, such as its ranks
 */
sealed interface MethodPairs<V> extends AttributionMetric permits Agreement, TopKAgreement {

    /** What a map of absolute values, summed over channels, is compared by. */
    V view(float[] sizes, InputSpec input);

    /** How alike two maps are; NaN where there is nothing to say. */
    double between(V own, V other);

    /** Whether {@link #between} is the same from both sides to the last bit, so that one of them is enough. */
    boolean isSymmetric();

    @Override
    default Program<List<Reading>> program(Explanation explanation) {
        return Program.done(
                readings(List.of(explanation), new IdentityHashMap<>()).get(0));
    }

    /**
     * What is to be read about each of an image's explanations.
     *
     * @param sizes the maps of absolute values that are known already, by identity; those that are not are added
     */
    default List<List<Reading>> readings(List<Explanation> explanations, IdentityHashMap<Attribution, float[]> sizes) {
        ComparedMaps<V> maps = new ComparedMaps<>(this, sizes);
        return explanations.stream()
                .map(explanation -> readings(explanation, maps))
                .toList();
    }

    private List<Reading> readings(Explanation explanation, ComparedMaps<V> maps) {
        List<Reading> pairs = explanation.others().stream()
                .map(other -> new Reading(other.text(), maps.between(explanation, other.attribution())))
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
