package dev.tapetum.model;

import java.io.Serializable;
import java.util.Objects;
import java.util.stream.IntStream;

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

    /** Positions of the grid, numbered row by row; prefix tokens are none. */
    public int positions() {
        return rows * cols;
    }

    /** Index, within one image's activation, of feature {@code channel} at grid position {@code (row, col)}. */
    public int index(int channel, int row, int col) {
        return index(channel, row * cols + col);
    }

    /** Index, within one image's activation, of feature {@code channel} at the grid position of this number. */
    public int index(int channel, int position) {
        return switch (layout) {
            case SPATIAL -> channel * positions() + position;
            case TOKENS -> (prefixTokens + position) * channels + channel;
        };
    }

    /**
     * The feature vectors of some grid positions, whatever the layout.
     *
     * @param activation of one image, {@link #size()} floats
     * @param positions numbers of grid positions, in any order
     * @return {@code positions × channels}, one vector after the other
     */
    public float[] tokens(float[] activation, int... positions) {
        requireSize(activation.length, size());
        float[] tokens = new float[positions.length * channels];
        for (int i = 0; i < positions.length; i++) {
            Objects.checkIndex(positions[i], positions());
            for (int c = 0; c < channels; c++) {
                tokens[i * channels + c] = activation[index(c, positions[i])];
            }
        }

        return tokens;
    }

    /** The feature vectors of the whole grid, row by row: {@code (rows·cols) × channels}. */
    public float[] tokens(float[] activation) {
        return tokens(activation, IntStream.range(0, positions()).toArray());
    }

    /**
     * The reverse of {@link #tokens(float[])}: feature vectors laid out as an activation, with zeros for prefix tokens.
     *
     * @param tokens {@code (rows·cols) × channels}, row by row
     */
    public float[] layOut(float[] tokens) {
        requireSize(tokens.length, positions() * channels);
        float[] activation = new float[size()];
        for (int position = 0; position < positions(); position++) {
            for (int c = 0; c < channels; c++) {
                activation[index(c, position)] = tokens[position * channels + c];
            }
        }

        return activation;
    }

    private void requireSize(int floats, int expected) {
        if (floats != expected) {
            throw new IllegalArgumentException(floats + " floats where tap '" + name + "' has " + expected);
        }
    }
}
