package dev.tapetum.prototype.reading;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All that is looked for in drawings, numbered: the values of the first attribute, those of the second, and so on.
 *
 * @param attributes in the order of the plan
 */
public record ReadProperties(List<ReadAttribute> attributes) implements Serializable {
    /** The number of the value of an image that has none. */
    public static final int UNKNOWN = -1;

    public ReadProperties {
        attributes = attributes.stream().filter(one -> !one.read().isEmpty()).toList();
    }

    /** In their order. */
    public List<Property> all() {
        List<Property> all = new ArrayList<>();
        for (ReadAttribute attribute : attributes) {
            attribute.read().forEach(value -> all.add(new Property(attribute.name(), value)));
        }

        return all;
    }

    /** Which value an image has of each attribute, by its number among the attribute's; {@link #UNKNOWN} for none of them. */
    public int[] values(Map<String, String> image) {
        return attributes.stream()
                .mapToInt(attribute -> {
                    String value = image.get(attribute.name());
                    return value == null ? UNKNOWN : attribute.values().indexOf(value);
                })
                .toArray();
    }

    /**
     * Of each property whether an image has it.
     *
     * @return 1 or 0; {@link #UNKNOWN} where the image has no value of the attribute
     */
    public int[] has(Map<String, String> image) {
        int[] values = values(image);
        List<Integer> has = new ArrayList<>();
        for (int a = 0; a < values.length; a++) {
            ReadAttribute attribute = attributes.get(a);
            for (String value : attribute.read()) {
                int own = values[a];
                has.add(own == UNKNOWN ? UNKNOWN : attribute.values().get(own).equals(value) ? 1 : 0);
            }
        }

        return has.stream().mapToInt(Integer::intValue).toArray();
    }
}
