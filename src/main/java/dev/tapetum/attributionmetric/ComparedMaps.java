package dev.tapetum.attributionmetric;

import dev.tapetum.attribution.Attribution;
import java.util.IdentityHashMap;

/**
 * The maps of one image's methods as one metric compares them in pairs, each prepared once, and the pairs that are known.
 * Attributions are told apart by identity, since their values are many.
 */
final class ComparedMaps<V> {

    private final MethodPairs<V> metric;
    private final IdentityHashMap<Attribution, float[]> sizes;
    private final IdentityHashMap<Attribution, V> views = new IdentityHashMap<>();
    private final IdentityHashMap<Attribution, IdentityHashMap<Attribution, Double>> known = new IdentityHashMap<>();

    /** @param sizes the maps of absolute values, shared with other metrics; those that are missing are added */
    ComparedMaps(MethodPairs<V> metric, IdentityHashMap<Attribution, float[]> sizes) {
        this.metric = metric;
        this.sizes = sizes;
    }

    /** What the metric says of an explanation's map and another one of the same input. */
    double between(Explanation explanation, Attribution other) {
        Attribution own = explanation.attribution();
        Double turned = metric.isSymmetric() ? knownOf(other).get(own) : null;
        if (turned != null) {
            return turned;
        }

        double value = metric.between(view(explanation, own), view(explanation, other));
        knownOf(own).put(other, value);
        return value;
    }

    private IdentityHashMap<Attribution, Double> knownOf(Attribution own) {
        return known.computeIfAbsent(own, none -> new IdentityHashMap<>());
    }

    private V view(Explanation explanation, Attribution of) {
        return views.computeIfAbsent(
                of, none -> metric.view(sizes.computeIfAbsent(of, explanation::sizes), explanation.input()));
    }
}
