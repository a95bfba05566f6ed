package dev.tapetum.fairness;

import java.io.Serializable;
import java.util.List;

/**
 * What is fixed before the first image: which attributes make groups, how the classes are called, which features of an
 * autoencoder are watched, and whether images come in clusters.
 *
 * @param attributes the attributes, each of which splits the images; names are neither empty nor {@code *} nor repeated
 * @param classes the names of the classes in the order of their indices
 * @param clustered whether a cluster column was given; then the cluster is the unit of every interval, and an image
 *     without one is a unit of its own
 * @param byTarget whether explanations are also summarised for each class that they explain, as groups of the attribute
 *     {@link Group#TARGET}, which then none of the attributes may be called
 * @param features the features of an autoencoder whose frequency is told, by their indices, none of them twice
 */
public record GroupLayout(
        List<String> attributes, List<String> classes, boolean clustered, boolean byTarget, List<Integer> features)
        implements Serializable {
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
        if (attributes.contains("")
                || attributes.contains(Group.WHOLE.attribute())
                || (byTarget && attributes.contains(Group.TARGET))
                || attributes.stream().distinct().count() < attributes.size()) {
            throw new IllegalArgumentException("attributes must have names of their own: " + attributes);
        }

        if (features.stream().distinct().count() < features.size()) {
            throw new IllegalArgumentException("features are watched once each, not " + features);
        }
    }
}
