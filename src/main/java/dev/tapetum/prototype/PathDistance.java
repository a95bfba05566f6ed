package dev.tapetum.prototype;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How far the path of an image is from a {@link MeanPath}.
 *
 * @param taps at each tap, at least one
 */
public record PathDistance(List<AtTap> taps) {

    /**
     * At one tap, over the n values of the activation a and of the mean ā.
     *
     * @param l1 {@code Σ |a_i − ā_i| / n}
     * @param spearman Pearson's correlation of the ranks of a and of ā, ties sharing their mean rank; 0 where a or ā is
     *     constant, since what has no order agrees with none
     */
    public record AtTap(double l1, double spearman) {}

    public PathDistance {
        taps = List.copyOf(taps);
    }

    /** Mean over the taps of {@link AtTap#l1}. */
    public double l1() {
        return mean(taps, AtTap::l1);
    }

    /** Mean over the taps of {@link AtTap#spearman}. */
    public double spearman() {
        return mean(taps, AtTap::spearman);
    }

    /** The mean of several distances, tap by tap; null of none. */
    public static @Nullable PathDistance mean(List<PathDistance> distances) {
        if (distances.isEmpty()) {
            return null;
        }

        List<AtTap> means = new ArrayList<>();
        for (int i = 0; i < distances.get(0).taps.size(); i++) {
            int tap = i;
            means.add(new AtTap(
                    mean(distances, distance -> distance.taps.get(tap).l1),
                    mean(distances, distance -> distance.taps.get(tap).spearman)));
        }

        return new PathDistance(means);
    }

    private static <T> double mean(List<T> all, ToDoubleFunction<T> value) {
        double sum = 0;
        for (T one : all) {
            sum += value.applyAsDouble(one);
        }

        return sum / all.size();
    }
}
