package dev.tapetum.config;

import dev.tapetum.spec.Word;
import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * How many cells a stored map has along each side: a number, or {@code full} for one cell per pixel.
 *
 * @param text the word itself
 */
public record Resolution(String text) implements Word, Serializable {
    /** Every pixel is kept. */
    public static final Resolution FULL = new Resolution("full");

    private static final Pattern CELLS = Pattern.compile("[1-9][0-9]{0,3}");

    public Resolution {
        if (!text.equals("full") && !CELLS.matcher(text).matches()) {
            throw new IllegalArgumentException("must be full or a number of cells from 1 to 9999, not '" + text + "'");
        }
    }

    /** Reads the word. */
    public static Resolution parse(String text) {
        return new Resolution(text.strip());
    }

    /** The number of cells along a side that has so many pixels; never more than there are pixels. */
    public int cells(int pixels) {
        return text.equals("full") ? pixels : Math.min(pixels, Integer.parseInt(text));
    }
}
