package dev.tapetum.fairness;

import dev.tapetum.stats.StatisticsSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A difference between groups that chance does not explain, in words: what the report leads with.
 *
 * <p>Only established gaps (q ≤ false discovery rate) become findings. Of a metric with a better side only the groups
 * that are worse off do: when one site is bad, every other site is better than the rest, which is true and no news. Of
 * two groups that make up an attribute, whose gaps mirror each other, one is told ({@link Mirrors}).
 *
 * <p>Order: accuracy and rejects, then class rates, then confidence and calibration, then interventions, then features, then
 * explanations; by the size that the interval vouches for ({@link Gap#establishedSize}), but interventions and explanations by the
 * effect in standard deviations.
 *
 * @param rank 1 for the first
 * @param statement one sentence with the size, the interval and q
 * @param gap the numbers
 */
public record Finding(int rank, String statement, Gap gap) {
    private static final Comparator<Gap> MOST_IMPORTANT_FIRST = Comparator.comparing((Gap gap) -> urgency(gap.metric()))
            .thenComparing(Comparator.comparingDouble(Finding::importance).reversed())
            .thenComparing(gap -> gap.metric().name())
            .thenComparing(Gap::group);

    /** The findings among the gaps of a run, the most important first. */
    public static List<Finding> all(List<Gap> gaps, StatisticsSettings settings) {
        Mirrors mirrors = Mirrors.of(gaps);
        List<Gap> established = gaps.stream()
                .filter(gap -> gap.established(settings.falseDiscoveryRate()))
                .filter(gap -> gap.metric().direction().worse(gap.difference()))
                .filter(gap -> !mirrors.has(gap))
                .sorted(MOST_IMPORTANT_FIRST)
                .toList();
        List<Finding> findings = new ArrayList<>();
        for (Gap gap : established) {
            findings.add(new Finding(findings.size() + 1, Wording.sentence(gap, settings), gap));
        }

        return List.copyOf(findings);
    }

    /** Being wrong or left out comes before being called by another class, and both before how sure the model was. */
    private static int urgency(Metric metric) {
        return switch (metric.family()) {
            case OUTCOME -> metric instanceof Rate ? 0 : 2;
            case CLASS_RATE -> 1;
            case INTERVENTION -> 3;
            case FEATURE -> 4;
            case EXPLANATION -> 5;
        };
    }

    private static double importance(Gap gap) {
        return gap.metric().family() == Family.EXPLANATION || gap.metric().family() == Family.INTERVENTION
                ? Math.abs(gap.effect())
                : gap.establishedSize();
    }

    /** The SQL that shows the numbers behind the statement and those of the sibling groups. */
    public String query() {
        return "SELECT * FROM gaps WHERE metric = '" + quoted(gap.metric().name()) + "' AND attribute = '"
                + quoted(gap.group().attribute()) + "' ORDER BY q_value";
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("'", "\\'");
    }
}
