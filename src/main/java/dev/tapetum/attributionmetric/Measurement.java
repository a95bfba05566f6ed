package dev.tapetum.attributionmetric;

import dev.tapetum.attribution.Attribution;
import dev.tapetum.attributionmetric.Changes.Copy;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All metrics of all explanations of one image, as one program. What several of them need is made once: the changed
 * copies of the image for all methods, the ranks of each map for all pairs of methods, an attack for all methods
 * whose attacked map is the same, and the attributions of the copies for all metrics of one method.
 */
public record Measurement(List<AttributionMetric> metrics, List<Explanation> explanations) {

    public Measurement {
        metrics = List.copyOf(metrics);
        explanations = List.copyOf(explanations);
    }

    /** Per explanation and metric, in the order of both, what the metric found. */
    public Program<List<List<List<Reading>>>> program() {
        Map<Changes.Key, Program<List<Stimulus>>> changed = new LinkedHashMap<>();
        for (Explanation explanation : explanations) {
            changes()
                    .forEach(changes ->
                            changed.computeIfAbsent(changes.key(explanation), key -> changes.stimuli(explanation)));
        }

        return byKey(changed).then(stimuli -> {
            Map<AttributionMetric, List<List<Reading>>> paired = paired();
            List<Program<List<List<Reading>>>> programs = new ArrayList<>();
            for (int i = 0; i < explanations.size(); i++) {
                programs.add(readings(i, stimuli, paired));
            }

            return Program.all(programs);
        });
    }

    /** Per metric of pairs of methods and explanation; what they are compared by is not held while the others ask. */
    private Map<AttributionMetric, List<List<Reading>>> paired() {
        IdentityHashMap<Attribution, float[]> sizes = new IdentityHashMap<>();
        Map<AttributionMetric, List<List<Reading>>> paired = new LinkedHashMap<>();
        for (AttributionMetric metric : metrics) {
            if (metric instanceof MethodPairs<?> pairs) {
                paired.put(metric, pairs.readings(explanations, sizes));
            }
        }

        return paired;
    }

    private Program<List<List<Reading>>> readings(
            int index, Map<Changes.Key, List<Stimulus>> stimuli, Map<AttributionMetric, List<List<Reading>>> paired) {
        Explanation explanation = explanations.get(index);
        Map<Changes, Program<List<Copy>>> copies = new LinkedHashMap<>();
        for (Changes changes : changes()) {
            List<Stimulus> own = stimuli.getOrDefault(changes.key(explanation), List.of());
            copies.put(changes, Changes.copies(explanation, own));
        }

        return byKey(copies)
                .then(made -> Program.all(metrics.stream()
                        .map(metric -> {
                            if (metric instanceof OnCopies onCopies) {
                                return onCopies.program(explanation, made.getOrDefault(onCopies.changes(), List.of()));
                            }

                            List<List<Reading>> read = paired.get(metric);
                            return read == null ? metric.program(explanation) : Program.done(read.get(index));
                        })
                        .toList()));
    }

    private List<Changes> changes() {
        return metrics.stream()
                .filter(OnCopies.class::isInstance)
                .map(metric -> ((OnCopies) metric).changes())
                .distinct()
                .toList();
    }

    private static <K, V> Program<Map<K, V>> byKey(Map<K, Program<V>> programs) {
        List<K> keys = new ArrayList<>(programs.keySet());
        return Program.all(new ArrayList<>(programs.values())).map(results -> {
            Map<K, V> byKey = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                byKey.put(keys.get(i), results.get(i));
            }

            return byKey;
        });
    }
}
