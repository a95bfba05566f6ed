package dev.tapetum.spec;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What a record of a plan is made of, all the way down. */
public final class RecordParts {
    private RecordParts() {}

    /** Whether a record, one of its components, one of theirs, or an element of a list among them is of a type. */
    public static boolean contain(Record record, Class<?> type) {
        if (type.isInstance(record)) {
            return true;
        }

        for (RecordComponent component : record.getClass().getRecordComponents()) {
            if (valueContains(CanonicalText.read(record, component), type)) {
                return true;
            }
        }

        return false;
    }

    private static boolean valueContains(@Nullable Object value, Class<?> type) {
        if (value instanceof Collection<?> elements) {
            return elements.stream().anyMatch(element -> valueContains(element, type));
        }

        return value instanceof Record record && contain(record, type);
    }
}
