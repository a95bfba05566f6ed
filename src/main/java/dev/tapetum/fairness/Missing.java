package dev.tapetum.fairness;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rules of a gate that speak of what is not there: they fail, and say what is. */
final class Missing {
    private static final int MOST_NAMED = 8;

    private Missing() {}

    /**
     * Why there is nothing that a rule speaks of; null when all of it is there. What a plan computes of a class or of an
     * intervention is not there when no image of the run had it: all those of a class may have been lost.
     *
     * @param metrics what there is
     */
    static @Nullable GateVerdict verdict(Gate rule, List<GroupMetric> metrics) {
        List<GroupMetric> named = metrics.stream()
                .filter(metric -> rule.names(metric.metric().name()))
                .toList();
        if (named.isEmpty()) {
            return GateJudge.failed(
                    rule,
                    rule.subject()
                            + (isOfSomeImages(rule.metric())
                                    ? " has no images in this run."
                                    : ": there is no such metric in this run."),
                    null);
        }

        String attribute = rule.attribute();
        if (attribute == null) {
            return names(named, Group::attribute).contains(Group.WHOLE.attribute())
                    ? null
                    : GateJudge.failed(
                            rule,
                            rule.subject() + ": there is no such metric of all images in this run; name an attribute, "
                                    + listed(names(named, Group::attribute)) + ".",
                            null);
        }

        List<GroupMetric> there = named.stream()
                .filter(metric -> attribute.equals(metric.group().attribute()))
                .toList();
        if (there.isEmpty()) {
            return GateJudge.failed(
                    rule,
                    rule.subject() + ": there are no groups of " + attribute + " in this run; its attributes are "
                            + listed(names(named, Group::attribute)) + ".",
                    null);
        }

        return there.stream().anyMatch(metric -> rule.isAbout(metric.group()))
                ? null
                : GateJudge.failed(
                        rule,
                        rule.subject() + ": there is no such group in this run; those of " + attribute + " are "
                                + listed(names(there, Group::value)) + ".",
                        null);
    }

    private static Set<String> names(List<GroupMetric> metrics, Function<Group, String> name) {
        return metrics.stream()
                .map(metric -> name.apply(metric.group()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String listed(Set<String> names) {
        String listed = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMED ? listed + " and " + (names.size() - MOST_NAMED) + " more" : listed;
    }

    private static boolean isOfSomeImages(String metric) {
        try {
            Family family =
                    Metric.named(metric.endsWith("]") ? metric : metric + "[]").family();
            return family == Family.CLASS_RATE || family == Family.INTERVENTION;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
