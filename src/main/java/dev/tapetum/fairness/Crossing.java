package dev.tapetum.fairness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Groups by several attributes at once, which are named as one: the group {@code annex × yes} of the attribute
 * {@code site × tag}. The order of the attributes makes no difference to which images are meant.
 */
public final class Crossing {
    /** Between the names of the attributes and between their values. */
    public static final String SEPARATOR = " × ";

    private static final Pattern SEPARATORS = Pattern.compile(Pattern.quote(SEPARATOR));

    private Crossing() {}

    /** The attributes that an attribute is made of, in the order of its name; itself where it is a single one. */
    public static List<String> attributes(String attribute) {
        return Arrays.asList(SEPARATORS.split(attribute, -1));
    }

    /**
     * The groups that an image of a group belongs to, one per attribute; the group itself where it is of a single one, or where
     * values have the separator in them, so that they cannot be told apart.
     */
    public static List<Group> parts(Group group) {
        List<String> attributes = attributes(group.attribute());
        List<String> values = Arrays.asList(SEPARATORS.split(group.value(), -1));
        if (attributes.size() < 2 || attributes.size() != values.size()) {
            return List.of(group);
        }

        List<Group> parts = new ArrayList<>();
        for (int i = 0; i < attributes.size(); i++) {
            if (attributes.get(i).isEmpty() || values.get(i).isEmpty()) {
                return List.of(group);
            }

            parts.add(new Group(attributes.get(i), values.get(i)));
        }

        return List.copyOf(parts);
    }

    /** Whether a group is of several attributes. */
    static boolean isOne(Group group) {
        return parts(group).size() > 1;
    }

    /** Whether two names are of the same attributes. */
    static boolean sameAttribute(String one, String other) {
        return one.equals(other) || new TreeSet<>(attributes(one)).equals(new TreeSet<>(attributes(other)));
    }

    /** Whether two names are of the same images. */
    static boolean sameGroup(Group one, Group other) {
        return one.equals(other) || values(one).equals(values(other));
    }

    /**
     * The groups that a group lies within: those by some of its attributes and not by all, which are named in the same order; none
     * for a group by a single attribute.
     */
    static List<Group> wider(Group group) {
        List<Group> parts = parts(group);
        List<Group> wider = new ArrayList<>();
        for (int chosen = 1; chosen < (1 << parts.size()) - 1; chosen++) {
            StringJoiner attributes = new StringJoiner(SEPARATOR);
            StringJoiner values = new StringJoiner(SEPARATOR);
            for (int i = 0; i < parts.size(); i++) {
                if (((chosen >> i) & 1) == 1) {
                    attributes.add(parts.get(i).attribute());
                    values.add(parts.get(i).value());
                }
            }

            wider.add(new Group(attributes.toString(), values.toString()));
        }

        return wider;
    }

    private static Map<String, String> values(Group group) {
        Map<String, String> values = new TreeMap<>();
        parts(group).forEach(part -> values.put(part.attribute(), part.value()));
        return values;
    }
}
