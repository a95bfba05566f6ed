package dev.tapetum.config;

import dev.tapetum.spec.CanonicalText;
import dev.tapetum.spec.Quoted;
import dev.tapetum.spec.Word;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a record as HOCON: a block per plain record with its keys in alphabetical order, a line per element of a list,
 * the canonical text of every member of a sealed family, all texts quoted.
 */
final class CanonicalHocon {
    private static final String STEP = "  ";

    private CanonicalHocon() {}

    static String of(Record record) {
        return keys(record, "");
    }

    private static String keys(Record record, String indent) {
        StringBuilder text = new StringBuilder();

        Arrays.stream(record.getClass().getRecordComponents())
                .sorted(Comparator.comparing(CanonicalText::key))
                .forEach(component -> text.append(indent)
                        .append(CanonicalText.key(component))
                        .append(" = ")
                        .append(value(CanonicalText.read(record, component), indent))
                        .append('\n'));

        return text.toString();
    }

    private static String value(@Nullable Object value, String indent) {
        if (value instanceof List<?> list) {
            return list(list, indent);
        } else if (value instanceof Map<?, ?> map) {
            return map(map, indent);
        } else if (value instanceof String string) {
            return Quoted.of(string);
        } else if (value instanceof Word word) {
            return Quoted.of(word.text());
        } else if (value instanceof Record record && !isMember(record.getClass())) {
            return "{\n" + keys(record, indent + STEP) + indent + "}";
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            return CanonicalText.value(value);
        } else {
            return Quoted.of(CanonicalText.value(value));
        }
    }

    /** In alphabetical order, as the keys of records are. */
    private static String map(Map<?, ?> map, String indent) {
        if (map.isEmpty()) {
            return "{}";
        }

        StringBuilder text = new StringBuilder("{\n");
        map.entrySet().stream()
                .sorted(Comparator.comparing(entry -> String.valueOf(entry.getKey())))
                .forEach(entry -> text.append(indent)
                        .append(STEP)
                        .append(Quoted.of(String.valueOf(entry.getKey())))
                        .append(" = ")
                        .append(value(entry.getValue(), indent + STEP))
                        .append('\n'));

        return text.append(indent).append('}').toString();
    }

    private static boolean isMember(Class<?> type) {
        return Arrays.stream(type.getInterfaces()).anyMatch(parent -> parent.isSealed() || isMember(parent));
    }

    private static String list(List<?> list, String indent) {
        if (list.isEmpty()) {
            return "[]";
        }

        StringBuilder text = new StringBuilder("[\n");
        list.forEach(element -> text.append(indent)
                .append(STEP)
                .append(value(element, indent + STEP))
                .append('\n'));

        return text.append(indent).append(']').toString();
    }
}
