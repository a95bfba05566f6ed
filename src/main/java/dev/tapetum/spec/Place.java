package dev.tapetum.spec;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.tapetum.UserError;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the user wrote something: {@code plans/night.conf:12}, {@code --set run.seed} or
 * {@code environment variable RUN_ID}.
 */
public record Place(String text) {
    /** Of what comes from the command line; such a place has no line. */
    public static final String OPTION = "--set ";
    /** Of what comes from the environment; such a place has no line. */
    public static final String VARIABLE = "environment variable ";

    private static final String MERGED = "merge of ";
    /** How a description ends when its place has a line, or lines. */
    private static final Pattern LINE = Pattern.compile(": ([0-9]+)(-[0-9]+)?$");

    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[([0-9]{1,9})]");

    /** Of one value. An object that several places contribute to is at the first of them that is no option. */
    public static Place of(ConfigOrigin origin) {
        String description = origin.description();
        List<String> parts = description.startsWith(MERGED)
                ? List.of(description.substring(MERGED.length()).split(",", -1))
                : List.of(description);
        String place = parts.stream()
                .filter(part -> !part.startsWith(OPTION))
                .findFirst()
                .orElse(parts.get(0));
        Matcher line = LINE.matcher(place);

        if (!line.find()) {
            return new Place(place);
        }

        String source = place.substring(0, line.start());
        return new Place(source.startsWith(OPTION) ? source : source + ":" + line.group(1));
    }

    /** Of the value at a path such as {@code gate[1].metric}, or of the innermost value above it that is written out. */
    public static Place of(ConfigObject root, String path) {
        ConfigValue value = root;
        Matcher step = STEP.matcher(path);

        while (step.find()) {
            ConfigValue next = step.group(1) != null ? child(value, step.group(1)) : element(value, step.group(2));

            if (next == null) {
                break;
            }

            value = next;
        }

        return of(value.origin());
    }

    /** The error that starts with this place and goes on with a sentence. */
    public UserError error(String sentence) {
        return new UserError(text + ": " + sentence);
    }

    private static @Nullable ConfigValue child(ConfigValue parent, String key) {
        return parent instanceof ConfigObject object ? object.get(key) : null;
    }

    private static @Nullable ConfigValue element(ConfigValue parent, String index) {
        int i = Integer.parseInt(index);
        return parent.valueType() == ConfigValueType.LIST && parent instanceof ConfigList list && i < list.size()
                ? list.get(i)
                : null;
    }
}
