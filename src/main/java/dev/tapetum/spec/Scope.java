package dev.tapetum.spec;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.tapetum.UserError;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An object of HOCON that becomes one record.
 *
 * @param name what errors call it
 * @param prefix what stands before the names of the blocks in it
 * @param place where errors about it as a whole are placed
 * @param given what the user wrote in it
 * @param fallback the values of what the user left out
 */
record Scope(String name, String prefix, Place place, ConfigObject given, ConfigObject fallback) {
    /** A component's name and perhaps a path below it, at the start of a constructor's sentence. */
    private static final Pattern SUBJECT = Pattern.compile("([a-z][A-Za-z0-9-]*)((?:\\[[0-9]+]|\\.[a-z][a-z0-9-]*)*) ");

    /** The value of a key, or null when neither the user nor the defaults have it. */
    @Nullable
    ConfigValue value(String key) {
        ConfigValue own = given.get(key);
        return own != null ? own : fallback.get(key);
    }

    /** Where the value of a key stands; what the user left out is missed where this object stands. */
    Slot slot(String key) {
        ConfigValue own = given.get(key);
        return new Slot("'" + key + "' in " + name, prefix + key, own == null ? place : Place.of(own.origin()));
    }

    /** Refuses the first key, in the order of lines, that is not among the known ones. */
    void refuseUnknownKeys(Collection<String> known) {
        given.entrySet().stream()
                .filter(entry -> !known.contains(entry.getKey()))
                .min(Comparator.comparingInt((Map.Entry<String, ConfigValue> entry) ->
                                entry.getValue().origin().lineNumber())
                        .thenComparing(Map.Entry::getKey))
                .ifPresent(entry -> {
                    String hint = Nearest.hint(entry.getKey(), "keys", known);
                    throw Place.of(entry.getValue().origin())
                            .error("unknown key '" + entry.getKey() + "' in " + name + hint);
                });
    }

    /** What a constructor refused, at the value that its sentence is about where that is to be had. */
    UserError refused(RecordComponent[] components, RuntimeException cause) {
        String message = String.valueOf(cause.getMessage());
        String sentence = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
        Place where = place;
        Matcher subject = SUBJECT.matcher(sentence);

        if (subject.lookingAt()) {
            for (RecordComponent component : components) {
                String key = CanonicalText.key(component);

                if (subject.group(1).equals(component.getName())
                        || subject.group(1).equals(key)) {
                    sentence = key + sentence.substring(subject.end(1));
                    where = given.containsKey(key) ? Place.of(given, key + subject.group(2)) : place;
                }
            }
        }

        return where.error(prefix.isEmpty() ? sentence : name + ": " + sentence);
    }
}
