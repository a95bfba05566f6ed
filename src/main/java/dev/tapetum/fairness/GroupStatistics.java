package dev.tapetum.fairness;

import dev.tapetum.stats.FalseDiscoveryRate;
import dev.tapetum.stats.StatisticsSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a run says about its groups.
 *
 * @param metrics every metric of the whole and of every group, in the order of groups and then of {@link Metric#all}
 * @param gaps every metric of every group against the others; none for an attribute with a single group
 */
public record GroupStatistics(List<GroupMetric> metrics, List<Gap> gaps) {
    public GroupStatistics {
        metrics = List.copyOf(metrics);
        gaps = List.copyOf(gaps);
    }

    /**
     * The statistics of a run whose states were too large for one pass, no metric in two of them. The tests are corrected over
     * all of them, as if there had been one pass.
     */
    public static GroupStatistics together(List<GroupStatistics> parts, StatisticsSettings settings) {
        List<GroupMetric> metrics = new ArrayList<>();
        List<Gap> gaps = new ArrayList<>();
        parts.forEach(part -> {
            metrics.addAll(part.metrics);
            gaps.addAll(part.gaps);
        });

        Map<Group, Integer> order = new HashMap<>();
        metrics.forEach(row -> order.putIfAbsent(row.group(), order.size()));
        metrics.sort(Comparator.comparing(row -> order.getOrDefault(row.group(), 0)));
        gaps.sort(Comparator.comparing(gap -> order.getOrDefault(gap.group(), 0)));
        return new GroupStatistics(metrics, gaps).corrected(settings);
    }

    /**
     * The same with q-values: one family of tests per attribute and {@link Family}. Those of intersections, of which there are many
     * more, are corrected by themselves, so that to look at them makes nothing about a single attribute harder to establish.
     */
    GroupStatistics corrected(StatisticsSettings settings) {
        Gap[] corrected = gaps.toArray(Gap[]::new);
        for (boolean crossing : new boolean[] {false, true}) {
            int[] places = IntStream.range(0, corrected.length)
                    .filter(i -> gaps.get(i).group().isCrossing() == crossing)
                    .toArray();
            double[] qValues = qValues(Arrays.stream(places).mapToObj(gaps::get).toList(), settings);
            for (int i = 0; i < places.length; i++) {
                corrected[places[i]] = corrected[places[i]].withQValue(qValues[i]);
            }
        }

        return new GroupStatistics(metrics, List.of(corrected));
    }

    /** Tests that are corrected as one family, before the families are. */
    private record TestFamily(String attribute, Family family) {
        static TestFamily of(Gap gap) {
            return new TestFamily(gap.group().attribute(), gap.metric().family());
        }
    }

    private static double[] qValues(List<Gap> gaps, StatisticsSettings settings) {
        return FalseDiscoveryRate.acrossFamilies(
                gaps.stream().mapToDouble(Gap::pValue).toArray(),
                gaps.stream().map(TestFamily::of).toList(),
                settings.falseDiscoveryRate());
    }

    /**
     * The p-value that the correction asks of a gap that would be the only one established of its family, which has none.
     *
     * @param of one of its family
     * @param gaps all that were corrected
     */
    static double firstOfItsFamily(Gap of, List<Gap> gaps, StatisticsSettings settings) {
        List<Gap> tested = gaps.stream()
                .filter(gap -> !gap.untested()
                        && gap.group().isCrossing() == of.group().isCrossing())
                .toList();
        long established = tested.stream()
                .filter(gap -> gap.established(settings.falseDiscoveryRate()))
                .map(TestFamily::of)
                .distinct()
                .count();
        return FalseDiscoveryRate.firstOf(
                tested.stream()
                        .filter(gap -> TestFamily.of(gap).equals(TestFamily.of(of)))
                        .count(),
                tested.stream().map(TestFamily::of).distinct().count(),
                established,
                settings.falseDiscoveryRate());
    }
}
