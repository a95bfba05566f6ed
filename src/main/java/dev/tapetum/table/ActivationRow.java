package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

/**
 * Feature vectors of one image at one tap, as autoencoders are trained on them. It is no row of a public table: such files lie in
 * a folder of their own, for as long as they are wanted.
 *
 * <p>Equality is by component, of arrays by identity.
 */
@SuppressWarnings("ArrayRecordComponent")
@Comment("One row per image that activations were harvested from.")
public record ActivationRow(
        @Comment("Image, unique within the data set.") String imageId,

        @Comment("Positions of the tap's grid, numbered row by row from 0, ascending.")
        int[] positions,

        @Comment("Channels of the tap, the length of one feature vector.")
        int width,

        @Comment("Number format of the values.") MapEncoding encoding,

        @Comment("One feature vector per position, one after the other, little-endian.")
        byte[] values) {
    public ActivationRow {
        requireNonNull(imageId, "imageId");
        requireNonNull(positions, "positions");
        requireNonNull(encoding, "encoding");
        requireNonNull(values, "values");
        encoding.requireLength(values, positions.length, width);
    }

    /**
     * Stores feature vectors in the wanted format where it holds them, see {@link MapEncoding#orWider}.
     *
     * @param tokens {@code positions × width}
     * @throws IllegalArgumentException unless there are as many floats for each of one or more positions
     */
    public static ActivationRow of(String imageId, int[] positions, float[] tokens, MapEncoding wanted) {
        if (positions.length == 0 || tokens.length % positions.length != 0) {
            throw new IllegalArgumentException(tokens.length + " floats for " + positions.length + " positions");
        }

        MapEncoding encoding = wanted.orWider(tokens);
        return new ActivationRow(
                imageId, positions, tokens.length / positions.length, encoding, encoding.encode(tokens));
    }

    /** The feature vectors, {@code positions × width}. */
    public float[] tokens() {
        return encoding.decode(values);
    }
}
