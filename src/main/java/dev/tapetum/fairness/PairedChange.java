package dev.tapetum.fairness;

import dev.tapetum.stats.FalseDiscoveryRate;
import dev.tapetum.stats.StatisticsSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change with what it is corrected with, and of a share of images how many went which way.
 *
 * @param change the change
 * @param family which tests it is corrected with
 * @param lost of a share, the images that belong to it in the baseline only; null for a mean
 * @param gained of a share, the images that belong to it in the candidate only; null for a mean
 */
public record PairedChange(
        Change change,
        Family family,
        @Nullable Long lost,
        @Nullable Long gained) implements Serializable {

    /** The order of the table: by kind of metric, metric and group. */
    public static final Comparator<PairedChange> IN_ORDER = Comparator.comparing(PairedChange::family)
            .thenComparing(one -> one.change.metric())
            .thenComparing(one -> one.change.group());

    private record Tests(String attribute, Family family) {}

    /**
     * The changes in the order of a table, with the q-values of all tests of a comparison: a family is one attribute and one kind
     * of metric, as for gaps.
     */
    public static List<PairedChange> corrected(List<PairedChange> changes, StatisticsSettings settings) {
        List<PairedChange> sorted = changes.stream().sorted(IN_ORDER).toList();
        double[] qValues = FalseDiscoveryRate.acrossFamilies(
                sorted.stream().mapToDouble(one -> one.change.pValue()).toArray(),
                sorted.stream()
                        .map(one -> new Tests(one.change.group().attribute(), one.family))
                        .toList(),
                settings.falseDiscoveryRate());
        List<PairedChange> corrected = new ArrayList<>();
        for (int i = 0; i < qValues.length; i++) {
            PairedChange one = sorted.get(i);
            corrected.add(new PairedChange(one.change.withQValue(qValues[i]), one.family, one.lost, one.gained));
        }

        return List.copyOf(corrected);
    }
}
