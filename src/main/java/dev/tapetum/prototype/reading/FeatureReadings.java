package dev.tapetum.prototype.reading;

import dev.tapetum.stats.FisherExact;
import dev.tapetum.stats.Interval;
import dev.tapetum.stats.Proportion;
import dev.tapetum.stats.ScoreInterval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads the features of an autoencoder in the drawings of one method. A feature is told of a class if it is active in at least half of the
 * class's drawings.
 *
 * <ul>
 *   <li>The p-value is the larger of two of {@link FisherExact}, one-sided: against the images of the class, and against the drawings of
 *       the other classes.
 *   <li>The interval of the difference is Newcombe's against whichever of the two has the feature more often.
 *   <li>Features that are not told were looked at all the same: {@link Told#silent} says of how many tests a told one is the most striking.
 * </ul>
 *
 * @param tap whose features they are
 * @param confidence of the intervals
 * @param level of significance: what can never reach it is no test (Tarone, Biometrics 46, 1990)
 */
record FeatureReadings(String tap, double confidence, double level) {

    /**
     * What there is to tell of one method.
     *
     * @param told a reading per told feature and class that was drawn, not corrected yet
     * @param silent how many other tests could have come out as significant, going by how often each feature is active in all drawings
     *     together
     */
    record Told(List<Reading> told, long silent) {
        /** Of no autoencoder. */
        static final Told NOTHING = new Told(List.of(), 0);
    }

    /** The features that are told of any class, of which images have to be looked at. */
    static Set<Integer> told(List<Drawing> drawings) {
        Set<Integer> told = new TreeSet<>();
        byMethod(drawings)
                .values()
                .forEach(ofMethod -> byClass(ofMethod)
                        .values()
                        .forEach(ofClass -> active(ofClass).forEach((feature, count) -> {
                            if (isTold(count, ofClass.size())) {
                                told.add(feature);
                            }
                        })));
        return told;
    }

    static Map<String, List<Drawing>> byMethod(List<Drawing> drawings) {
        return drawings.stream().collect(Collectors.groupingBy(Drawing::method, TreeMap::new, Collectors.toList()));
    }

    private static Map<Integer, List<Drawing>> byClass(List<Drawing> drawings) {
        return drawings.stream().collect(Collectors.groupingBy(Drawing::classIndex, TreeMap::new, Collectors.toList()));
    }

    private static Map<Integer, Integer> active(List<Drawing> drawings) {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (Drawing drawing : drawings) {
            for (int feature : drawing.features()) {
                counts.merge(feature, 1, Integer::sum);
            }
        }

        return counts;
    }

    private static boolean isTold(long active, long drawings) {
        return 2 * active >= drawings;
    }

    /** @param drawings of one method */
    Told of(FeatureCounts images, List<Drawing> drawings) {
        Map<Integer, Integer> everywhere = active(drawings);
        List<Reading> told = new ArrayList<>();
        long silent = 0;
        for (List<Drawing> ofClass : byClass(drawings).values()) {
            Map<Integer, Integer> own = active(ofClass);
            for (Map.Entry<Integer, Integer> feature : everywhere.entrySet()) {
                int active = own.getOrDefault(feature.getKey(), 0);
                if (active > 0 && isTold(active, ofClass.size())) {
                    told.add(reading(
                            feature.getKey(),
                            active,
                            ofClass,
                            feature.getValue() - active,
                            drawings.size() - ofClass.size(),
                            images));
                } else if (mayReach(feature.getValue(), ofClass.size(), drawings.size())) {
                    silent++;
                }
            }
        }

        return new Told(told, silent);
    }

    /** Whether a feature that is active in so many drawings could be told of a class, and be significant, in the best of cases. */
    private boolean mayReach(long active, long ofClass, long all) {
        long best = Math.min(active, ofClass);
        return isTold(best, ofClass) && FisherExact.pValueOfMore(best, ofClass, active - best, all - ofClass) <= level;
    }

    private Reading reading(
            int feature,
            long active,
            List<Drawing> ofClass,
            long otherActive,
            long otherDrawings,
            FeatureCounts images) {
        int classIndex = ofClass.get(0).classIndex();
        long imagesActive = images.active(classIndex, feature);
        Proportion value = new Proportion(active, ofClass.size());
        Proportion natural = new Proportion(imagesActive, images.images(classIndex));
        Proportion others = new Proportion(otherActive, otherDrawings);
        boolean complete = natural.trials() > 0 && others.trials() > 0;
        return new Reading(
                classIndex,
                ofClass.get(0).method(),
                ofClass.get(0).methodName(),
                null,
                feature,
                tap,
                Double.NaN,
                ofClass.size(),
                value.rate(),
                natural.rate(),
                others.rate(),
                complete
                        ? ScoreInterval.newcombe(value, natural.rate() >= others.rate() ? natural : others, confidence)
                        : Interval.NONE,
                Math.max(
                        FisherExact.pValueOfMore(active, ofClass.size(), imagesActive, images.images(classIndex)),
                        FisherExact.pValueOfMore(active, ofClass.size(), otherActive, otherDrawings)),
                Double.NaN,
                false,
                null,
                null);
    }

    /** The most striking ones of each class. */
    static List<Reading> largest(List<Reading> readings, int perClass) {
        Map<Integer, List<Reading>> byClass = readings.stream()
                .collect(Collectors.groupingBy(Reading::classIndex, TreeMap::new, Collectors.toList()));
        return byClass.values().stream()
                .flatMap(ofClass -> ofClass.stream()
                        .sorted(Comparator.comparingDouble((Reading one) ->
                                Double.isNaN(one.difference()) ? Double.POSITIVE_INFINITY : -one.difference()))
                        .limit(perClass))
                .toList();
    }
}
