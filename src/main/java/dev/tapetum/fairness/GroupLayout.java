package dev.tapetum.fairness;

import java.io.Serializable;
import java.util.List;

/**
 * What is fixed before the first image: which attributes make groups, how the classes are called, and whether images
 * come in clusters.
 *
 * @param attributes the attributes, each of which splits the images; names are neither empty nor {@code *} nor repeated
 * @param classes the names of the classes in the order of their indices
 * @param clustered whether a cluster column was given; then the cluster is the unit of every interval, and an image
 *     without one is a unit of its own
 */
public record GroupLayout(List<String> attributes, List<String> classes, boolean clustered) implements Serializable {
    public GroupLayout {
        attributes = List.copyOf(attributes);
        classes = List.copyOf(classes);
        if (attributes.contains("")
                || attributes.contains(Group.WHOLE.attribute())
                || attributes.stream().distinct().count() < attributes.size()) {
            throw new IllegalArgumentException("attributes must have names of their own: " + attributes);
        }
    }
}
