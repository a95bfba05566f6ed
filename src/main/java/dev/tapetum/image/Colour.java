package dev.tapetum.image;

import dev.tapetum.spec.Word;
import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A colour as {@code #rrggbb}, as on a web page.
 *
 * @param text the word itself
 */
public record Colour(String text) implements Word, Serializable {
    private static final Pattern HEX = Pattern.compile("#[0-9a-f]{6}");

    public Colour {
        if (!HEX.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a colour such as \"#f2d21b\", not '" + text + "'");
        }
    }

    /** Reads the word. */
    public static Colour parse(String text) {
        return new Colour(text.strip().toLowerCase(Locale.ROOT));
    }

    /** The share of red (0), green (1) or blue (2), from 0 to 1. */
    public double of(int channel) {
        return Integer.parseInt(text.substring(1 + 2 * channel, 3 + 2 * channel), 16) / 255.0;
    }
}
