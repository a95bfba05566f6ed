package dev.tapetum.fairness;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is fixed before the first image: which attributes make groups, how the classes are called, which features of an
 * autoencoder are watched, whether images come in clusters, and whom groups are compared with.
 *
 * @param attributes the attributes, each of which splits the images; names are neither empty nor {@code *} nor repeated,
 *     nor do they contain {@link Partition#SEPARATOR}
 * @param classes the names of the classes in the order of their indices
 * @param clustered whether a cluster column was given; then the cluster is the unit of every interval, and an image
 *     without one is a unit of its own
 * @param byTarget whether explanations are also summarised for each class that they explain, as groups of the attribute
 *     {@link Group#TARGET}, which then none of the attributes may be called
 * @param features the features of an autoencoder whose frequency is told, by their indices, none of them twice
 * @param crossings which of the attributes are also crossed, each at least two of them
 * @param references whom groups are compared with
 */
public record GroupLayout(
        List<String> attributes,
        List<String> classes,
        boolean clustered,
        boolean byTarget,
        List<Integer> features,
        List<Partition> crossings,
        References references)
        implements Serializable {
    /** Without crossings; groups are compared with all others. */
    public GroupLayout(
            List<String> attributes,
            List<String> classes,
            boolean clustered,
            boolean byTarget,
            List<Integer> features) {
        this(attributes, classes, clustered, byTarget, features, List.of(), References.OTHERS);
    }

    /** Without features. */
    public GroupLayout(List<String> attributes, List<String> classes, boolean clustered, boolean byTarget) {
        this(attributes, classes, clustered, byTarget, List.of());
    }

    /** Without groups by target, and without features. */
    public GroupLayout(List<String> attributes, List<String> classes, boolean clustered) {
        this(attributes, classes, clustered, false);
    }

    public GroupLayout {
        attributes = List.copyOf(attributes);
        classes = List.copyOf(classes);
        features = List.copyOf(features);
        crossings = List.copyOf(crossings);
        if (attributes.contains("")
                || attributes.contains(Group.WHOLE.attribute())
                || (byTarget && attributes.contains(Group.TARGET))
                || attributes.stream().anyMatch(attribute -> attribute.contains(Partition.SEPARATOR))
                || attributes.stream().distinct().count() < attributes.size()) {
            throw new IllegalArgumentException("attributes must have names of their own: " + attributes);
        }

        if (features.stream().distinct().count() < features.size()) {
            throw new IllegalArgumentException("features are watched once each, not " + features);
        }

        for (Partition crossing : crossings) {
            if (!crossing.isCrossing() || !attributes.containsAll(crossing.attributes())) {
                throw new IllegalArgumentException(crossing.name() + " crosses no attributes of " + attributes);
            }
        }
    }

    /** The same with other crossings. */
    public GroupLayout crossing(List<Partition> others) {
        return new GroupLayout(attributes, classes, clustered, byTarget, features, others, references);
    }

    /** The same with another choice of whom groups are compared with. */
    public GroupLayout against(References others) {
        return new GroupLayout(attributes, classes, clustered, byTarget, features, crossings, others);
    }

    /**
     * Why metrics by class have no intervals and no tests; null where they have.
     *
     * @see #isWithoutIntervals
     */
    public @Nullable String whyNoClassIntervals() {
        return clustered && classes.size() > Tallies.MOST_CLUSTERED_CLASSES ? Tallies.NOT_KEPT : null;
    }

    /** Whether a metric has values alone, since it goes by class and there are too many classes for what clusters need. */
    public boolean isWithoutIntervals(Metric metric) {
        boolean byClass = metric.family() == Family.CLASS_RATE
                || metric instanceof Extreme
                || (metric instanceof CountStatistic statistic && !statistic.isOfAccuracy());
        return byClass && whyNoClassIntervals() != null;
    }

    /** Everything that splits the images: each attribute, then each crossing. */
    public List<Partition> partitions() {
        return Stream.concat(attributes.stream().map(Partition::by), crossings.stream())
                .toList();
    }
}
