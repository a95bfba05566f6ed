package dev.tapetum.prototype.reading;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An attribute whose values are looked for in drawings. Of two values one is the absence of the other, so only the rarer one is
 * looked for, of equally rare ones the first by name.
 *
 * @param name of the attribute
 * @param values all that occur, by name
 * @param read those that are looked for
 */
public record ReadAttribute(String name, List<String> values, List<String> read) implements Serializable {
    /** Each value is a direction of its own; nobody reads more of one attribute. */
    public static final int MOST_VALUES = 20;

    public ReadAttribute {
        values = List.copyOf(values);
        read = List.copyOf(read);
    }

    /**
     * Of an attribute whose values occur so often.
     *
     * <ul>
     *   <li>One value tells no images apart: nothing is looked for. Nor is of more than {@value #MOST_VALUES}.
     * </ul>
     */
    public static ReadAttribute of(String name, Map<String, Long> counts) {
        TreeMap<String, Long> byName = new TreeMap<>(counts);
        List<String> values = List.copyOf(byName.keySet());
        if (values.size() < 2 || values.size() > MOST_VALUES) {
            return new ReadAttribute(name, values, List.of());
        }

        if (values.size() > 2) {
            return new ReadAttribute(name, values, values);
        }

        boolean second = byName.lastEntry().getValue() < byName.firstEntry().getValue();
        return new ReadAttribute(name, values, List.of(values.get(second ? 1 : 0)));
    }
}
