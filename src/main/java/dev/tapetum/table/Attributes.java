package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The attribute map of a row, in one form: unmodifiable, without nulls, ordered by name so that equal rows are equal bytes. */
final class Attributes {
    private Attributes() {}

    static Map<String, String> sorted(Map<String, String> attributes) {
        TreeMap<String, String> sorted = new TreeMap<>();
        attributes.forEach((name, value) -> sorted.put(
                requireNonNull(name, "attribute name"), requireNonNull(value, "value of attribute " + name)));
        return Collections.unmodifiableMap(sorted);
    }
}
