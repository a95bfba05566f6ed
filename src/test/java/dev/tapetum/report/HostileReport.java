package dev.tapetum.report;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sample with something hostile at the end of every text that comes from data: labels, attributes, groups, file names, messages,
 * classes, methods, editors, the plan. {@code main} writes its page into a folder, to be opened in a browser.
 */
final class HostileReport {
    static final List<String> STRINGS = List.of(
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "</script><script>alert(1)</script>",
            "' onmouseover='alert(1)",
            "`${alert(1)}`",
            "${7*7} #{7*7} {{7*7}} <#assign x=7> <@sql/>",
            "]]>--><!-- </style></textarea></code></pre></details>",
            "\u202egnp.exe\nnext line\r\t&lt;script&gt;");

    /** Words of the tables, by which rows are told apart. */
    private static final Set<String> WORDS =
            Set.of("*", "", "others", "target", "none", "random-feature", "random-direction");

    private final String hostile;

    private HostileReport(String hostile) {
        this.hostile = hostile;
    }

    static Report of(Report report, String hostile) {
        return (Report) new HostileReport(hostile).record(report);
    }

    public static void main(String[] folder) throws IOException {
        String page = ReportPages.html(of(SampleRun.report(), String.join(" ", STRINGS)));
        Files.writeString(Files.createDirectories(Path.of(folder[0])).resolve("hostile.html"), page);
    }

    private @Nullable Object value(String name, @Nullable Object value) {
        if (value instanceof String text) {
            return text(name, text);
        } else if (value instanceof List<?> list) {
            List<Object> all = new ArrayList<>();
            list.forEach(one -> all.add(value(name, one)));
            return all;
        } else if (value instanceof Map<?, ?> map) {
            Map<Object, Object> all = new LinkedHashMap<>();
            map.forEach((key, one) -> all.put(value(name, key), value(name, one)));
            return all;
        }

        return value instanceof Record shown ? record(shown) : value;
    }

    /** A metric keeps its kind: of another kind it would be shown elsewhere. */
    private String text(String name, String text) {
        if (WORDS.contains(text)) {
            return text;
        } else if (text.endsWith("]")) {
            return text.substring(0, text.length() - 1) + hostile + "]";
        }

        boolean kind = name.startsWith("metric") || name.equals("name") || name.equals("parameters");
        return kind ? text : text + hostile;
    }

    private Object record(Record shown) {
        RecordComponent[] components = shown.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];

        try {
            for (int i = 0; i < components.length; i++) {
                components[i].getAccessor().setAccessible(true);
                types[i] = components[i].getType();
                values[i] = value(
                        components[i].getName(), components[i].getAccessor().invoke(shown));
            }

            Constructor<?> canonical = shown.getClass().getDeclaredConstructor(types);
            canonical.setAccessible(true);
            return canonical.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("No hostile " + shown.getClass(), e);
        }
    }
}
