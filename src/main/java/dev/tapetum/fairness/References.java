package dev.tapetum.fairness;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whom the groups of each partition are compared with.
 *
 * @param usual where no group is named
 * @param named by the name of a partition the value of its group with which the others are compared
 */
public record References(Reference usual, Map<String, String> named) implements Serializable {
    /** Everyone is compared with all others. */
    public static final References OTHERS = new References(Reference.OTHERS, Map.of());

    public References {
        named = Collections.unmodifiableMap(new TreeMap<>(named));
        named.values().forEach(References::requireName);
    }

    private static void requireName(String value) {
        if (value.equals(Gap.OTHERS) || value.startsWith(Gap.BEST)) {
            throw new IllegalArgumentException("a group that is called '" + value
                    + "' cannot be a reference, since its name would be read as something else");
        }
    }

    /** The group that is named for an attribute or a crossing; null for none. */
    @Nullable
    Group of(String partition) {
        String value = named.get(partition);
        return value == null ? null : new Group(partition, value);
    }

    /** Whether groups are compared by a metric with the best of them, where no group is named. */
    boolean isBest(Metric metric) {
        return usual == Reference.BEST && metric.direction() != Direction.NEITHER;
    }
}
