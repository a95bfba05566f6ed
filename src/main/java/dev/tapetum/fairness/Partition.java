package dev.tapetum.fairness;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What splits the images into groups: an attribute, or several at once, whose groups are the combinations of their values
 * in which images lie. Site and tag make the partition {@code site × tag} with groups such as {@code annex × yes}.
 *
 * @param attributes the attributes in the order of the plan, at least one, none twice
 */
public record Partition(List<String> attributes) implements Serializable {
    /** What stands between the names of crossed attributes and between their values. */
    public static final String SEPARATOR = " × ";

    private static final String TIMES = SEPARATOR.strip();

    public Partition {
        attributes = List.copyOf(attributes);
        if (attributes.isEmpty() || attributes.stream().distinct().count() < attributes.size()) {
            throw new IllegalArgumentException("a partition is made by different attributes, not " + attributes);
        }
    }

    /** The partition by one attribute. */
    static Partition by(String attribute) {
        return new Partition(List.of(attribute));
    }

    /**
     * The crossings of two attributes, then those of three, up to so many at once: n over k of k attributes.
     *
     * @param depth 1 for none
     */
    public static List<Partition> crossings(List<String> attributes, int depth) {
        List<Partition> crossings = new ArrayList<>();
        for (int size = 2; size <= Math.min(depth, attributes.size()); size++) {
            addCrossings(attributes, size, 0, List.of(), crossings);
        }

        return crossings;
    }

    private static void addCrossings(
            List<String> attributes, int size, int from, List<String> chosen, List<Partition> crossings) {
        if (chosen.size() == size) {
            crossings.add(new Partition(chosen));
            return;
        }

        for (int i = from; i < attributes.size(); i++) {
            List<String> longer = new ArrayList<>(chosen);
            longer.add(attributes.get(i));
            addCrossings(attributes, size, i + 1, longer, crossings);
        }
    }

    /**
     * The partition that a text names, in any order of the attributes; null when there is none.
     *
     * @param text {@code tag × site}, or a single attribute
     * @param attributes those of the plan, in whose order the partition has them
     */
    public static @Nullable Partition named(String text, List<String> attributes) {
        List<String> names = Arrays.asList(text.split(SEPARATOR, -1));
        List<String> inOrder = attributes.stream().filter(names::contains).toList();
        return inOrder.isEmpty() || inOrder.size() != names.size() ? null : new Partition(inOrder);
    }

    /**
     * The value of a group, given in another order of the attributes.
     *
     * @param text the attributes in that order, such as {@code tag × site}
     * @param value the values in that order, such as {@code yes × annex}
     * @throws IllegalArgumentException when there are not as many values as attributes
     */
    public String inOrder(String text, String value) {
        if (!isCrossing()) {
            return value;
        }

        List<String> names = Arrays.asList(text.split(SEPARATOR, -1));
        String[] values = value.split(SEPARATOR, -1);
        if (values.length != names.size()) {
            throw new IllegalArgumentException("'" + value + "' is no group of " + text + ", which has values such as "
                    + names.stream().map(name -> "a").collect(Collectors.joining(SEPARATOR)));
        }

        return attributes.stream().map(name -> values[names.indexOf(name)]).collect(Collectors.joining(SEPARATOR));
    }

    /** The text of the column {@code attribute}. */
    public String name() {
        return String.join(SEPARATOR, attributes);
    }

    /** Whether it is made by several attributes. */
    public boolean isCrossing() {
        return attributes.size() > 1;
    }

    /**
     * The group of this partition that has certain values.
     *
     * @param values one for each attribute; a sign of times in one is doubled, so that {@link Group#components} can tell it
     *     from the one between two
     */
    public Group group(List<String> values) {
        return new Group(
                name(),
                isCrossing()
                        ? String.join(
                                SEPARATOR,
                                values.stream()
                                        .map(value -> value.replace(TIMES, TIMES + TIMES))
                                        .toList())
                        : values.get(0));
    }

    /** The group of an image. */
    Group of(Map<String, String> values) {
        return group(attributes.stream()
                .map(attribute -> Group.of(values, attribute).value())
                .toList());
    }

    /** The inverse of {@link #group}. */
    static List<Group> components(Group group) {
        String[] names = group.attribute().split(SEPARATOR, -1);
        if (names.length == 1) {
            return List.of(group);
        }

        String[] values = group.value().split(SEPARATOR, -1);
        List<Group> components = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            components.add(new Group(names[i], values[i].replace(TIMES + TIMES, TIMES)));
        }

        return components;
    }
}
