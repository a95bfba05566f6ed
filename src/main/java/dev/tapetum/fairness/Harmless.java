package dev.tapetum.fairness;

import dev.tapetum.stats.MinimumDetectable;
import dev.tapetum.stats.StatisticsSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Attributes among whose groups no difference in outcomes was established, each with the difference that would have been, after the correction
 * for all comparisons of the run, and with the groups that were too small for any: that nothing was found means nothing without it.
 */
final class Harmless {
    private static final int MOST_NAMED = 8;

    private Harmless() {}

    /**
     * One finding that is none per such attribute, in the order of the gaps; groups by several attributes are not told.
     *
     * @param corrected all gaps that were corrected together, those of maps that are no evidence among them
     */
    static List<Finding> all(List<Gap> gaps, List<Gap> corrected, StatisticsSettings settings) {
        Map<String, List<Gap>> byAttribute = new LinkedHashMap<>();
        gaps.stream()
                .filter(gap -> !gap.group().isCrossing())
                .forEach(gap -> byAttribute
                        .computeIfAbsent(gap.group().attribute(), attribute -> new ArrayList<>())
                        .add(gap));
        List<Finding> harmless = new ArrayList<>();
        byAttribute.forEach((attribute, all) -> {
            List<Gap> tested = all.stream().filter(gap -> !gap.untested()).toList();
            List<Gap> outcomes = tested.stream()
                    .filter(gap -> gap.metric().family() == Family.OUTCOME)
                    .toList();
            boolean established = outcomes.stream().anyMatch(gap -> gap.established(settings.falseDiscoveryRate()));
            if (!outcomes.isEmpty() && !established) {
                harmless.add(finding(attribute, all, outcomes, corrected, settings));
            }
        });
        return List.copyOf(harmless);
    }

    /** Accuracy speaks for the outcomes, and where there are no labels the first of them. */
    private static Finding finding(
            String attribute, List<Gap> all, List<Gap> outcomes, List<Gap> corrected, StatisticsSettings settings) {
        List<Gap> tested = all.stream().filter(gap -> !gap.untested()).toList();
        Metric metric = outcomes.stream()
                .map(Gap::metric)
                .filter(of -> of.equals(Rate.accuracy())
                        || of.name().equals(Rate.accuracy().name()))
                .findFirst()
                .orElse(outcomes.get(0).metric());
        List<Gap> told = outcomes.stream()
                .filter(gap -> gap.metric().name().equals(metric.name()))
                .toList();
        Gap largest = told.stream()
                .max(Comparator.comparingDouble(gap -> Math.abs(gap.difference())))
                .orElseThrow();
        double asked = GroupStatistics.firstOfItsFamily(largest, corrected, settings);
        double detectable = told.stream()
                .mapToDouble(gap -> MinimumDetectable.atLevel(gap.minimumDetectable(), settings.confidence(), asked))
                .max()
                .orElse(Double.NaN);
        List<String> small = all.stream()
                .filter(gap -> gap.untested() && gap.metric().name().equals(metric.name()))
                .map(gap -> gap.group().value() + " (" + Wording.images(gap.n()) + ")")
                .toList();
        long others = tested.stream()
                .filter(gap -> gap.established(settings.falseDiscoveryRate()))
                .count();
        String statement = "No difference in " + metric.name() + " among the groups of " + attribute
                + " was established; "
                + (Double.isFinite(detectable)
                        ? "one of " + Wording.size(metric, detectable)
                                + " or more would have been found four times in five, the correction for all comparisons included"
                        : "which one would have been found is not known")
                + tooSmall(small) + ". The largest: " + Wording.sentence(largest, settings) + "."
                + (others == 0
                        ? ""
                        : " Of " + tested.size() + " comparisons by " + attribute + ", " + others
                                + (others == 1 ? " that is" : " that are")
                                + " not of outcomes " + (others == 1 ? "shows" : "show") + " a difference.");
        return Finding.of(
                Finding.Kind.NONE,
                statement,
                Evidence.of(largest),
                attribute,
                GapFindings.query(metric.name(), attribute));
    }

    /** A sentence after another one; empty where there are none. */
    private static String tooSmall(List<String> groups) {
        if (groups.isEmpty()) {
            return "";
        }

        int left = groups.size() - MOST_NAMED;
        return ". Too small to be compared: "
                + String.join(", ", groups.subList(0, Math.min(groups.size(), MOST_NAMED)))
                + (left > 0 ? " and " + left + " more" : "");
    }
}
