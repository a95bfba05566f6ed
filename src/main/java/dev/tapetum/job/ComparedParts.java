package dev.tapetum.job;

import dev.tapetum.attribution.Attributor;
import dev.tapetum.config.Plan;
import dev.tapetum.fairness.Partition;
import dev.tapetum.spec.CanonicalText;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What two runs have in common, and so can be compared. Methods, metrics and editors are the same when their full texts are.
 *
 * @param methods what the candidate calls each attribution method, by its full text
 * @param metrics the parameters that a metric of attributions has in the candidate's names, by its full text
 * @param editors what the candidate calls each editor, by its full text
 * @param features features that both plans name, of the same autoencoder
 * @param responses the names of the statistics of interventions that the candidate has: of many classes it has those of some
 * @param classes the classes whose rates are compared, by the candidate's index; none where there are too many
 * @param partitions what makes groups: the candidate's attributes and those of their intersections that it tells
 */
record ComparedParts(
        Map<String, String> methods,
        Map<String, String> metrics,
        Map<String, String> editors,
        List<Integer> features,
        Set<String> responses,
        Map<Integer, String> classes,
        List<Partition> partitions)
        implements Serializable {

    ComparedParts {
        methods = Map.copyOf(methods);
        metrics = Map.copyOf(metrics);
        editors = Map.copyOf(editors);
        features = List.copyOf(features);
        responses = Set.copyOf(responses);
        classes = Map.copyOf(classes);
        partitions = List.copyOf(partitions);
    }

    /** Of two plans, without features, rates of classes and intersections. */
    static ComparedParts of(Plan baseline, Plan candidate, Set<String> responses) {
        List<Attributor> methods = candidate.attribution().methods();
        Labels metrics = Labels.of(candidate.attributionMetrics());
        return new ComparedParts(
                common(baseline.attribution().methods(), methods, Labels.of(methods)::of),
                common(baseline.attributionMetrics(), candidate.attributionMetrics(), metrics::parameters),
                common(baseline.interventions(), candidate.interventions(), Labels.of(candidate.interventions())::of),
                List.of(),
                responses,
                Map.of(),
                candidate.dataset().attributes().stream()
                        .map(attribute -> new Partition(List.of(attribute)))
                        .toList());
    }

    private static Map<String, String> common(List<?> before, List<?> after, Function<Record, String> label) {
        Set<String> texts =
                before.stream().map(one -> CanonicalText.of((Record) one)).collect(Collectors.toSet());
        Map<String, String> labels = new LinkedHashMap<>();
        for (Object one : after) {
            String text = CanonicalText.of((Record) one);
            if (texts.contains(text)) {
                labels.put(text, label.apply((Record) one));
            }
        }

        return labels;
    }

    ComparedParts withFeatures(List<Integer> named) {
        return new ComparedParts(methods, metrics, editors, named, responses, classes, partitions);
    }

    ComparedParts withClasses(Map<Integer, String> named) {
        return new ComparedParts(methods, metrics, editors, features, responses, named, partitions);
    }

    /** With the intersections besides the attributes. */
    ComparedParts crossing(List<Partition> crossings) {
        return new ComparedParts(
                methods,
                metrics,
                editors,
                features,
                responses,
                classes,
                Stream.concat(partitions.stream(), crossings.stream()).toList());
    }
}
