package dev.tapetum.prototype.reading;

import dev.tapetum.probe.Rectangle;
import dev.tapetum.stats.Interval;
import dev.tapetum.stats.MannWhitney;
import dev.tapetum.stats.WeightedMean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the properties in the drawings of one method.
 *
 * <ul>
 *   <li>The interval of the difference is Student's over the drawings of the class: what images of the class and other drawings have is
 *       taken as known.
 *   <li>The p-value is that of {@link MannWhitney} of the class's drawings against those of all other classes.
 * </ul>
 *
 * @param properties in their order
 * @param places of each property in the pixels; null where it has none
 * @param classes of the model
 * @param confidence of the intervals
 */
record AttributeReadings(
        List<Property> properties, Sites sites, List<@Nullable Rectangle> places, int classes, double confidence) {

    /**
     * A reading per property and class that was drawn, not corrected yet.
     *
     * @param drawings of one method
     */
    List<Reading> of(List<HeldOutImage> heldOut, List<Drawing> drawings) {
        int[] drawn = drawings.stream()
                .mapToInt(Drawing::classIndex)
                .distinct()
                .sorted()
                .toArray();
        List<Reading> readings = new ArrayList<>();
        for (int p = 0; p < properties.size(); p++) {
            Scale scale = Scale.of(heldOut, p, sites, classes);
            int score = p * sites.scores() + scale.site();
            double[] amounts = drawings.stream()
                    .mapToDouble(one -> scale.amount(one.classIndex(), one.scores()[score]))
                    .toArray();
            for (int c : drawn) {
                readings.add(reading(p, scale, drawings, amounts, c));
            }
        }

        return readings;
    }

    private Reading reading(int property, Scale scale, List<Drawing> drawings, double[] amounts, int classIndex) {
        int[] own = IntStream.range(0, amounts.length)
                .filter(i -> drawings.get(i).classIndex() == classIndex)
                .toArray();
        double[] ofClass = Arrays.stream(own).mapToDouble(i -> amounts[i]).toArray();
        double[] ofOthers = IntStream.range(0, amounts.length)
                .filter(i -> drawings.get(i).classIndex() != classIndex && !Double.isNaN(amounts[i]))
                .mapToDouble(i -> amounts[i])
                .toArray();
        double natural = scale.told() ? scale.natural()[classIndex] : Double.NaN;
        double others = Arrays.stream(ofOthers).average().orElse(Double.NaN);
        Rectangle place = scale.told() && scale.showsInPlace() ? places.get(property) : null;
        return new Reading(
                classIndex,
                drawings.get(own[0]).method(),
                drawings.get(own[0]).methodName(),
                properties.get(property),
                null,
                sites.name(scale.site()),
                scale.separation(),
                own.length,
                Arrays.stream(ofClass).average().orElse(Double.NaN),
                natural,
                others,
                interval(ofClass, Math.max(natural, others)),
                MannWhitney.pValueOfLarger(ofClass, ofOthers),
                Double.NaN,
                false,
                place,
                place == null
                        ? null
                        : PlaceColours.mean(Arrays.stream(own)
                                .mapToObj(i -> Objects.requireNonNull(
                                        drawings.get(i).colours().get(property)))
                                .toList()));
    }

    private Interval interval(double[] amounts, double from) {
        double sum = Arrays.stream(amounts).sum();
        if (Double.isNaN(sum - from)) {
            return Interval.NONE;
        }

        double squares = Arrays.stream(amounts).map(x -> x * x).sum();
        int n = amounts.length;
        Interval ofMean = new WeightedMean(n, n, sum, n, sum, squares).interval(confidence);
        return Double.isNaN(ofMean.low())
                ? Interval.NONE
                : new Interval(ofMean.low() - from, ofMean.high() - from, ofMean.method());
    }
}
