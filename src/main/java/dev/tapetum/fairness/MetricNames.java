package dev.tapetum.fairness;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Metrics by their names: one of each kind is kept, and those of a class or a feature get their name. */
final class MetricNames {
    private static final Map<String, Metric> ONE_OF_EACH = oneOfEach();

    private MetricNames() {}

    private static Map<String, Metric> oneOfEach() {
        GroupLayout layout = new GroupLayout(List.of("any"), List.of(""), false, false, List.of(0));
        Map<String, Metric> metrics = new HashMap<>();
        Metric.all(layout, List.of(0), List.of()).forEach(metric -> metrics.put(kind(metric.name()), metric));
        return metrics;
    }

    /** A name up to its bracket, with it. */
    private static String kind(String name) {
        return name.endsWith("]") && name.contains("[") ? name.substring(0, name.indexOf('[') + 1) : name;
    }

    /** See {@link Metric#named}. */
    static Metric named(String name) {
        String kind = kind(name);
        Metric known = ONE_OF_EACH.get(kind);
        if (known == null) {
            String stem = kind.endsWith("[") ? kind.substring(0, kind.length() - 1) : kind;
            return SummaryMoment.named(stem, name.substring(stem.length()));
        }

        if (kind.equals(name)) {
            return known;
        }

        String subject = name.substring(kind.length(), name.length() - 1);
        if (known instanceof Rate rate) {
            return new Rate(name, rate.family(), rate.direction(), List.of(), List.of());
        } else if (known instanceof CountStatistic statistic) {
            return statistic.named(subject);
        } else if (known instanceof Extreme extreme) {
            return extreme.named(subject);
        }

        throw new IllegalArgumentException("There is no metric " + name);
    }
}
