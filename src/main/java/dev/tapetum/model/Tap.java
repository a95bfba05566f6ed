package dev.tapetum.model;

import java.io.Serializable;
import java.util.Objects;

/**
 * A named place inside a model where its activation can be read and replaced.
 *
 * @param layout how the activation is laid out per image
 * @param channels features per position
 * @param rows grid height, in positions
 * @param cols grid width, in positions
 * @param prefixTokens tokens before the grid's own (class token, registers); zero for {@link Layout#SPATIAL}
 */
public record Tap(String name, Layout layout, int channels, int rows, int cols, int prefixTokens)
        implements Serializable {

    /** How an activation stores its grid of feature vectors. */
    public enum Layout {
        /** {@code channels × rows × cols}. */
        SPATIAL,
        /** {@code (prefixTokens + rows·cols) × channels}. */
        TOKENS
    }

    public Tap {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(layout, "layout");
        if (channels < 1 || rows < 1 || cols < 1 || prefixTokens < 0) {
            throw new IllegalArgumentException("Tap '" + name + "' has an impossible size: " + channels + " channels, "
                    + rows + "x" + cols + " grid, " + prefixTokens + " prefix tokens");
        }

        if (layout == Layout.SPATIAL && prefixTokens != 0) {
            throw new IllegalArgumentException("Tap '" + name + "' is spatial and cannot have prefix tokens");
        }
    }

    /** Floats in one image's activation. */
    public int size() {
        return channels * (prefixTokens + rows * cols);
    }

    /** Index, within one image's activation, of feature {@code channel} at grid position {@code (row, col)}. */
    public int index(int channel, int row, int col) {
        int position = row * cols + col;
        return switch (layout) {
            case SPATIAL -> channel * rows * cols + position;
            case TOKENS -> (prefixTokens + position) * channels + channel;
        };
    }
}
