package dev.tapetum.job;

import dev.tapetum.spec.CanonicalText;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What methods or metrics are called in the name of a statistic: by their name in the plan, unless a run uses that one
 * with different parameters, which only the full text tells apart.
 */
record Labels(Set<String> ambiguous) implements Serializable {

    static Labels of(List<?> records) {
        Map<String, Long> uses = records.stream()
                .collect(Collectors.groupingBy(record -> CanonicalText.name((Record) record), Collectors.counting()));
        return new Labels(uses.keySet().stream()
                .filter(name -> uses.getOrDefault(name, 0L) > 1)
                .collect(Collectors.toUnmodifiableSet()));
    }

    String of(String name, String text) {
        return ambiguous.contains(name) ? text : name;
    }

    String of(Record record) {
        return of(CanonicalText.name(record), CanonicalText.of(record));
    }

    /** The full text where the name does not tell it; else empty. */
    String parameters(String name, String text) {
        return ambiguous.contains(name) ? text : "";
    }

    String parameters(Record record) {
        return parameters(CanonicalText.name(record), CanonicalText.of(record));
    }
}
