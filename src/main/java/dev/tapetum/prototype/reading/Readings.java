package dev.tapetum.prototype.reading;

import dev.tapetum.probe.Rectangle;
import dev.tapetum.stats.FalseDiscoveryRate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All readings of a run. Those of a method are corrected together ({@link FalseDiscoveryRate#acrossFamilies}): those of attributes are a
 * family, and those of features another, which is some thousand times as large and would drown the first one. What was looked at and
 * is not told counts as a test as well.
 *
 * <p>Something is drawn into a class if q is at most the false discovery rate and there is {@code minAmount} more of it than in images of the
 * class and in drawings of others.
 *
 * @param properties in their order
 * @param places of each property in the pixels; null where it has none
 * @param classes of the model
 * @param confidence of the intervals
 * @param falseDiscoveryRate the level of q
 * @param minAmount the smallest difference that is of any importance
 */
public record Readings(
        List<Property> properties,
        Sites sites,
        List<@Nullable Rectangle> places,
        int classes,
        double confidence,
        double falseDiscoveryRate,
        double minAmount) {
    /** Features of a class and method that are kept. */
    static final int MOST_FEATURES = 50;

    private enum Family {
        ATTRIBUTES,
        FEATURES
    }

    /** The features of which it must be known in how many images they are active. */
    public static Set<Integer> features(List<Drawing> drawings) {
        return FeatureReadings.told(drawings);
    }

    /**
     * Of attributes.
     *
     * @param heldOut images of the classes, in an order that depends on nothing but them
     * @param drawings of all methods, likewise
     */
    public List<Reading> of(List<HeldOutImage> heldOut, List<Drawing> drawings) {
        return of(heldOut, drawings, null, new FeatureCounts());
    }

    /**
     * Of attributes and features.
     *
     * @param tap whose features they are; null without an autoencoder
     * @param features in the held-out images
     */
    public List<Reading> of(
            List<HeldOutImage> heldOut, List<Drawing> drawings, @Nullable String tap, FeatureCounts features) {
        AttributeReadings attributes = new AttributeReadings(properties, sites, places, classes, confidence);
        List<Reading> readings = new ArrayList<>();
        for (List<Drawing> ofMethod : FeatureReadings.byMethod(drawings).values()) {
            FeatureReadings.Told told = tap == null
                    ? FeatureReadings.Told.NOTHING
                    : new FeatureReadings(tap, confidence, falseDiscoveryRate).of(features, ofMethod);
            readings.addAll(kept(corrected(attributes.of(heldOut, ofMethod), told.told(), told.silent())));
        }

        return List.copyOf(readings);
    }

    private List<Reading> corrected(List<Reading> ofAttributes, List<Reading> ofFeatures, long silent) {
        List<Reading> all = new ArrayList<>(ofAttributes);
        all.addAll(ofFeatures);
        List<Family> families = new ArrayList<>();
        ofAttributes.forEach(one -> families.add(Family.ATTRIBUTES));
        ofFeatures.forEach(one -> families.add(Family.FEATURES));
        // With s silent tests of p = 1 beside k others, m·p/j is (k + s)/k times k·p/j.
        double tested = Math.max(
                1,
                ofFeatures.stream().filter(one -> !Double.isNaN(one.pValue())).count());
        double factor = (tested + silent) / tested;
        double[] pValues = new double[all.size()];
        for (int i = 0; i < pValues.length; i++) {
            double p = all.get(i).pValue();
            pValues[i] = families.get(i) == Family.FEATURES && !Double.isNaN(p) ? Math.min(1, p * factor) : p;
        }

        double[] qValues = FalseDiscoveryRate.acrossFamilies(pValues, families, falseDiscoveryRate);
        List<Reading> corrected = new ArrayList<>();
        for (int i = 0; i < qValues.length; i++) {
            Reading one = all.get(i);
            corrected.add(one.corrected(qValues[i], qValues[i] <= falseDiscoveryRate && one.difference() >= minAmount));
        }

        return corrected;
    }

    /** By method, class, and what is looked for: attributes in their order, then the most striking features. */
    private static List<Reading> kept(List<Reading> readings) {
        List<Reading> kept = new ArrayList<>();
        readings.stream().filter(one -> one.feature() == null).forEach(kept::add);
        kept.addAll(FeatureReadings.largest(
                readings.stream().filter(one -> one.feature() != null).toList(), MOST_FEATURES));
        // The sort is stable.
        kept.sort(Comparator.comparingInt(Reading::classIndex));
        return kept;
    }
}
