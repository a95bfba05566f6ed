package dev.tapetum.prototype.reading;

import dev.tapetum.probe.Rectangle;
import dev.tapetum.stats.Interval;
import dev.tapetum.stats.IntervalMethod;
import dev.tapetum.stats.OneAgainstOthers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the properties in the drawings of one method.
 *
 * <p>The unit is the class: seeds of one class come out alike, and drawings of any two classes differ in something. So p-value and
 * interval are those of {@link OneAgainstOthers}, of the mean of a class among the means of the other classes: is there more of it than
 * classes differ by anyway? What images of the class have is taken as known. Fewer than three classes tell nothing.
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
        OneAgainstOthers among = OneAgainstOthers.of(
                Arrays.stream(ofClass).average().orElse(Double.NaN), otherClasses(drawings, amounts, classIndex));
        double natural = scale.told() ? scale.natural()[classIndex] : Double.NaN;
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
                among.value(),
                natural,
                among.mean(),
                interval(among.value() - Math.max(natural, among.mean()), among.reach(confidence)),
                among.pValueOfLarger(),
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

    /** The mean amount of each other class that was drawn. */
    private static double[] otherClasses(List<Drawing> drawings, double[] amounts, int classIndex) {
        Map<Integer, List<Double>> byClass = new TreeMap<>();
        for (int i = 0; i < amounts.length; i++) {
            if (drawings.get(i).classIndex() != classIndex && !Double.isNaN(amounts[i])) {
                byClass.computeIfAbsent(drawings.get(i).classIndex(), c -> new ArrayList<>())
                        .add(amounts[i]);
            }
        }

        return byClass.values().stream()
                .mapToDouble(ofClass -> ofClass.stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElseThrow())
                .toArray();
    }

    private static Interval interval(double difference, double reach) {
        return Double.isNaN(difference + reach)
                ? Interval.NONE
                : new Interval(difference - reach, difference + reach, IntervalMethod.STUDENT);
    }
}
