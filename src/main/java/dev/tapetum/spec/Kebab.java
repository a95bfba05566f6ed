package dev.tapetum.spec;

import java.util.Locale;
import java.util.regex.Pattern;

/** The names of Java in kebab case: {@code IntegratedGradients} and {@code INTEGRATED_GRADIENTS} are {@code integrated-gradients}. */
final class Kebab {
    /** Before a capital that follows a small letter or a digit, or that starts a new word after capitals. */
    private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private Kebab() {}

    /** The name of a type or of a record component. */
    static String of(String camelCase) {
        return WORD_START.matcher(camelCase).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
