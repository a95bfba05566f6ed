package dev.tapetum.fairness;

import dev.tapetum.stats.StatisticsSettings;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The differences between groups that are worth telling: established ones (q ≤ false discovery rate), and none twice.
 *
 * <ul>
 *   <li>Of a metric with a better side only the groups that are worse off: when one site is bad, every other site is better than
 *       the rest, which is true and no news. A gap that broke a rule of the gate is told all the same.
 *   <li>Of two groups that make up an attribute, whose gaps mirror each other, one ({@link Mirrors}).
 *   <li>A group by several attributes only where it is surely worse than the groups that it lies within: the near end of the
 *       interval of its gap is beyond the far ends of theirs, established or not. Else a harmless attribute would be named
 *       wherever a harmful one is cut by it.
 * </ul>
 *
 * <p>Order: accuracy and rejects, then class rates, then confidence and calibration, then interventions, then features, then
 * explanations; by the size that the interval vouches for ({@link Gap#establishedSize}), but interventions and explanations by the
 * effect in standard deviations.
 */
final class GapFindings {
    private static final Comparator<Gap> MOST_IMPORTANT_FIRST = Comparator.comparing((Gap gap) -> urgency(gap.metric()))
            .thenComparing(Comparator.comparingDouble(GapFindings::importance).reversed())
            .thenComparing(gap -> gap.metric().name())
            .thenComparing(Gap::group);

    private GapFindings() {}

    /** What no two gaps have in common. */
    private record Place(String metric, Group group) {}

    /**
     * The gaps to tell, the most important first.
     *
     * @param broken verdicts of rules about gaps that failed
     */
    static List<Gap> told(List<Gap> gaps, List<GateVerdict> broken, StatisticsSettings settings) {
        Mirrors mirrors = Mirrors.of(gaps);
        List<Gap> established = gaps.stream()
                .filter(gap -> gap.established(settings.falseDiscoveryRate()))
                .toList();
        Map<Place, Gap> byPlace = new HashMap<>();
        gaps.forEach(gap -> byPlace.put(new Place(gap.metric().name(), gap.group()), gap));
        Set<Evidence> decided = new HashSet<>();
        broken.forEach(verdict -> {
            if (verdict.decided() != null) {
                decided.add(verdict.decided());
            }
        });
        return established.stream()
                .filter(gap -> decided.contains(Evidence.of(gap))
                        || (gap.metric().direction().worse(gap.difference())
                                && !mirrors.has(gap)
                                && isTellable(gap)
                                && !isToldByParts(gap, byPlace)))
                .sorted(MOST_IMPORTANT_FIRST)
                .toList();
    }

    /** Of groups by several attributes only what was decided about images: of the numbers that describe maps there would be hundreds. */
    private static boolean isTellable(Gap gap) {
        Family family = gap.metric().family();
        return !gap.group().isCrossing() || family == Family.OUTCOME || family == Family.CLASS_RATE;
    }

    /** Whether the gap of a group by several attributes may be nothing but those of the groups that it lies within. */
    private static boolean isToldByParts(Gap gap, Map<Place, Gap> all) {
        double near = gap.establishedSize();
        return gap.group().wider().stream()
                .map(wider -> all.get(new Place(gap.metric().name(), wider)))
                .filter(Objects::nonNull)
                .anyMatch(wider -> near <= far(wider, gap.difference() < 0));
    }

    /** How large a gap may be on one side; less than nothing where it surely lies on the other. */
    private static double far(Gap gap, boolean lower) {
        return lower ? -gap.interval().low() : gap.interval().high();
    }

    /** Being wrong or left out comes before being called by another class, and both before how sure the model was. */
    static int urgency(Metric metric) {
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

    static Finding finding(Gap gap, StatisticsSettings settings) {
        return Finding.of(
                Finding.Kind.GAP,
                Wording.sentence(gap, settings),
                Evidence.of(gap),
                query(gap.metric().name(), gap.group().attribute()));
    }

    /** The numbers of all groups of an attribute. */
    static String query(String metric, String attribute) {
        return Select.from("gaps")
                .is("metric", metric)
                .is("attribute", attribute)
                .by("q_value")
                .text();
    }
}
