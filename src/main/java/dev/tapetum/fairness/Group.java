package dev.tapetum.fairness;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A slice of the images: those whose attribute has a value, those that have a value of each of several attributes
 * ({@link Partition}), or the whole. In order, groups of single attributes come first.
 *
 * @param attribute the attribute's name, or the names of crossed ones; {@code *} for the whole
 * @param value the attribute's value, or the values of crossed ones; {@code *} for the whole, and with the name of an
 *     attribute for what is said over all of its groups
 */
public record Group(String attribute, String value) implements Serializable, Comparable<Group> {
    /** All images. */
    public static final Group WHOLE = new Group("*", "*");

    /** The attribute whose value is the class that an image's attributions explain; see {@link GroupLayout}. */
    public static final String TARGET = "target";

    /** The value of the group of images whose attribute is absent or blank. */
    public static final String MISSING = "(missing)";

    private static final Comparator<Group> ORDER = Comparator.comparing(Group::isCrossing)
            .thenComparing(Group::attribute)
            .thenComparing(Group::value);

    public Group {
        if (attribute.isEmpty() || value.isEmpty()) {
            throw new IllegalArgumentException("half a group: attribute '" + attribute + "', value '" + value + "'");
        }
    }

    /**
     * The group of an image in an attribute.
     *
     * @param attributes of the image; absent or blank values belong to {@link #MISSING}
     */
    public static Group of(Map<String, String> attributes, String attribute) {
        String value = attributes.get(attribute);
        return new Group(attribute, value == null || value.isBlank() ? MISSING : value);
    }

    /** What is said over all groups of an attribute or crossing, such as how far apart they are. */
    public static Group overAll(String attribute) {
        return new Group(attribute, WHOLE.value());
    }

    /** Whether the group is an intersection: {@code annex × yes} of {@code site × tag}. */
    public boolean isCrossing() {
        return attribute.contains(Partition.SEPARATOR);
    }

    /**
     * The groups of single attributes of which this one is the intersection, in the order of the plan; only itself when it is
     * none. {@code site × tag = annex × yes} has {@code site = annex} and {@code tag = yes}.
     */
    public List<Group> components() {
        return Partition.components(this);
    }

    /**
     * The groups that an intersection lies within: those by some of its attributes and not by all, in the order of the plan; none
     * for a group of a single attribute.
     */
    List<Group> wider() {
        List<Group> parts = components();
        List<Group> wider = new ArrayList<>();
        for (int chosen = 1; chosen < (1 << parts.size()) - 1; chosen++) {
            List<String> attributes = new ArrayList<>();
            List<String> values = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                if (((chosen >> i) & 1) == 1) {
                    attributes.add(parts.get(i).attribute());
                    values.add(parts.get(i).value());
                }
            }

            wider.add(new Partition(attributes).group(values));
        }

        return wider;
    }

    /** Whether the images of the group have one explained class in common. */
    boolean isOfTarget(GroupLayout layout) {
        return layout.byTarget() && attribute.equals(TARGET);
    }

    @Override
    public int compareTo(Group other) {
        return attribute.equals(other.attribute) ? value.compareTo(other.value) : ORDER.compare(this, other);
    }
}
