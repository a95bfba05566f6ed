package dev.tapetum.probe;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * An image's pixels cut up into segments: every pixel belongs to one of {@code count} segments, numbered from 0, none of which
 * is empty. Equal cuts are equal, so that programs which come to the same segments share the probes made of them; the hash is
 * computed once, since every such probe is looked up by it.
 */
public final class PixelLabels {

    private final int[] labels;
    private final int[] sizes;
    private final int hash;

    private PixelLabels(int[] labels, int[] sizes) {
        this.labels = labels;
        this.sizes = sizes;
        this.hash = Arrays.hashCode(labels);
    }

    /**
     * Segments by any numbers that tell them apart, renumbered in the order of their first pixels.
     *
     * @param marks one number per pixel, the same for pixels of one segment, from 0 to less than the number of pixels
     */
    public static PixelLabels of(int[] marks) {
        int[] numbers = new int[marks.length];
        Arrays.fill(numbers, -1);
        int[] labels = new int[marks.length];
        int[] sizes = new int[marks.length];
        int count = 0;
        for (int i = 0; i < marks.length; i++) {
            if (numbers[marks[i]] < 0) {
                numbers[marks[i]] = count++;
            }

            labels[i] = numbers[marks[i]];
            sizes[labels[i]]++;
        }

        return new PixelLabels(labels, Arrays.copyOf(sizes, count));
    }

    /** Pixels of the image. */
    public int pixels() {
        return labels.length;
    }

    /** Number of segments. */
    public int count() {
        return sizes.length;
    }

    /** The segment of a pixel. */
    public int of(int pixel) {
        return labels[pixel];
    }

    /** Pixels of a segment. */
    public int size(int segment) {
        return sizes[segment];
    }

    /** The pixels of some segments. */
    public Region segments(BitSet chosen) {
        return new LabelledPixels(this, chosen);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof PixelLabels cut)) {
            return false;
        }

        return this == cut || (hash == cut.hash && Arrays.equals(labels, cut.labels));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
