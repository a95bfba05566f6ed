package dev.tapetum.fairness;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Map;

/**
 * A slice of the images: those whose attribute has a value, or the whole.
 *
 * @param attribute the attribute's name; {@code *} for the whole
 * @param value the attribute's value; {@code *} for the whole
 */
public record Group(String attribute, String value) implements Serializable, Comparable<Group> {
    /** All images. */
    public static final Group WHOLE = new Group("*", "*");

    /** The attribute whose value is the class that an image's attributions explain; see {@link GroupLayout}. */
    public static final String TARGET = "target";

    /** The value of the group of images whose attribute is absent or blank. */
    public static final String MISSING = "(missing)";

    private static final Comparator<Group> ORDER =
            Comparator.comparing(Group::attribute).thenComparing(Group::value);

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

    /** Whether the images of the group have one explained class in common. */
    boolean isOfTarget(GroupLayout layout) {
        return layout.byTarget() && attribute.equals(TARGET);
    }

    @Override
    public int compareTo(Group other) {
        return ORDER.compare(this, other);
    }
}
