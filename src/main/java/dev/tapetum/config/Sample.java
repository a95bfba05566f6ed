package dev.tapetum.config;

import dev.tapetum.spec.Word;
import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * How many of the images are audited: a number such as {@code 2000}, or a share such as {@code 5%}. Which ones depends on
 * the seed and on each image's id alone.
 *
 * @param text the word itself
 */
public record Sample(String text) implements Word, Serializable {
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,17}");
    private static final Pattern PERCENT = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,15})?%");

    public Sample {
        boolean valid = COUNT.matcher(text).matches()
                || (PERCENT.matcher(text).matches() && fraction(text) > 0 && fraction(text) <= 1);

        if (!valid) {
            throw new IllegalArgumentException(
                    "must be a number of images such as 2000 or a share such as 5%, not '" + text + "'");
        }
    }

    /** Reads the word. */
    public static Sample parse(String text) {
        return new Sample(text.strip());
    }

    /** Whether this is a share and not a number. */
    public boolean isFraction() {
        return text.endsWith("%");
    }

    /** The share, above 0 and up to 1; only for a share. */
    public double fraction() {
        return fraction(text);
    }

    /** The number of images, at least 1; only for a number. */
    public long count() {
        return Long.parseLong(text);
    }

    private static double fraction(String percent) {
        return Double.parseDouble(percent.substring(0, percent.length() - 1)) / 100;
    }
}
