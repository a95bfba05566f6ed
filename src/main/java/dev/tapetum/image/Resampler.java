package dev.tapetum.image;

import java.util.Arrays;

/**
 * Scales images as Pillow's {@code Image.resize} does, to the last bit.
 *
 * <p>A filter is applied along the rows and then along the columns. For the output position i of n, along an axis of N
 * input samples, the scale is s = N / n, the centre c = (i + 1/2) s, and the filter is stretched by max(s, 1), so that
 * every input sample counts when the image shrinks (antialiasing). The weights of one output position are divided by
 * their sum and rounded to 22 fractional bits; a pass rounds its result to 8 bits and clips it to 0...255. A pass that
 * does not change the length of its axis is skipped.
 *
 * <p>{@link Interpolation#NEAREST} copies the sample at floor((i + 1/2) s).
 */
public final class Resampler {
    private static final int FRACTION_BITS = 22;

    /** The most numbers between the two passes; only an image of an absurd shape, one pixel wide and miles high, needs more. */
    private static final long MAX_WORK = 1L << 28;

    private Resampler() {}

    /**
     * The whole image at another size.
     *
     * @throws IllegalArgumentException when the size is not positive, or when the shapes are so absurd that the image
     *     between the two passes would need more than 256 MiB
     */
    public static RgbImage resize(RgbImage image, int width, int height, Interpolation interpolation) {
        return resize(image, width, height, new Region(0, 0, width, height), interpolation);
    }

    /** A part of the scaled image: equal to scaling all of it and cutting the part out, without making the rest. */
    static RgbImage resize(RgbImage image, int width, int height, Region part, Interpolation interpolation) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("Cannot resize to " + width + "x" + height);
        }

        if (!isFeasible(image, width, height, part)) {
            throw new IllegalArgumentException("Too much memory for resizing " + image + " to " + width + "x" + height);
        }

        boolean sameSize = width == image.width() && height == image.height();

        if (sameSize || interpolation == Interpolation.NEAREST) {
            return nearest(image, width, height, part);
        }

        Weights columns = Weights.of(image.width(), width, part.left(), part.width(), interpolation);
        Weights rows = Weights.of(image.height(), height, part.top(), part.height(), interpolation);
        byte[] narrowed = alongRows(image, rows.first(), rows.last(), columns);
        byte[] result = alongColumns(narrowed, rows.first(), rows, part.width());

        return new RgbImage(part.width(), part.height(), result);
    }

    /** Whether the weights and the image between the passes stay within bounds, for the widest filter. */
    static boolean isFeasible(RgbImage image, long width, long height, Region part) {
        double rowScale = Math.max(1, image.height() / (double) height);
        double rows = Math.min(image.height(), (part.height() + 4) * rowScale + 2);
        double columnScale = Math.max(1, image.width() / (double) width);
        double weights = 4 * ((part.height() + 1) * rowScale + (part.width() + 1) * columnScale);

        return Math.max(3 * rows * part.width(), weights) <= MAX_WORK
                && Math.max(width, height) <= Integer.MAX_VALUE
                && 3L * part.width() * part.height() <= MAX_WORK;
    }

    private static byte[] alongRows(RgbImage image, int firstRow, int lastRow, Weights weights) {
        byte[] source = image.rgb();
        int columns = weights.length();
        byte[] target = new byte[3 * (lastRow - firstRow) * columns];
        int[] fixed = weights.fixed();

        for (int y = firstRow, to = 0; y < lastRow; y++) {
            int row = 3 * y * image.width();

            for (int x = 0; x < columns; x++, to += 3) {
                int from = row + 3 * weights.start(x);
                int end = weights.offset(x + 1);
                int red = 1 << (FRACTION_BITS - 1);
                int green = red;
                int blue = red;

                for (int k = weights.offset(x); k < end; k++, from += 3) {
                    int weight = fixed[k];
                    red += (source[from] & 0xFF) * weight;
                    green += (source[from + 1] & 0xFF) * weight;
                    blue += (source[from + 2] & 0xFF) * weight;
                }

                target[to] = clip(red >> FRACTION_BITS);
                target[to + 1] = clip(green >> FRACTION_BITS);
                target[to + 2] = clip(blue >> FRACTION_BITS);
            }
        }

        return target;
    }

    /** Adds whole rows to an accumulator, one weight after the other: memory is read in its order. */
    private static byte[] alongColumns(byte[] source, int firstRow, Weights weights, int columns) {
        int stride = 3 * columns;
        byte[] target = new byte[stride * weights.length()];
        int[] fixed = weights.fixed();
        int[] sums = new int[stride];

        for (int y = 0; y < weights.length(); y++) {
            Arrays.fill(sums, 1 << (FRACTION_BITS - 1));
            int from = (weights.start(y) - firstRow) * stride;

            for (int k = weights.offset(y); k < weights.offset(y + 1); k++, from += stride) {
                int weight = fixed[k];

                for (int i = 0; i < stride; i++) {
                    sums[i] += (source[from + i] & 0xFF) * weight;
                }
            }

            int to = y * stride;

            for (int i = 0; i < stride; i++) {
                target[to + i] = clip(sums[i] >> FRACTION_BITS);
            }
        }

        return target;
    }

    private static RgbImage nearest(RgbImage image, int width, int height, Region part) {
        int[] columns = nearestPositions(image.width(), width, part.left(), part.width());
        int[] rows = nearestPositions(image.height(), height, part.top(), part.height());
        byte[] source = image.rgb();
        byte[] target = new byte[3 * part.width() * part.height()];
        int to = 0;

        for (int row : rows) {
            for (int column : columns) {
                int from = 3 * (row * image.width() + column);
                target[to++] = source[from];
                target[to++] = source[from + 1];
                target[to++] = source[from + 2];
            }
        }

        return new RgbImage(part.width(), part.height(), target);
    }

    private static int[] nearestPositions(int from, int to, int first, int count) {
        double scale = (double) from / to;
        int[] positions = new int[count];
        // Pillow adds the scale up instead of multiplying by it, and at exact ties the difference shows.
        double position = scale * 0.5;

        for (int i = 0; i < first + count; i++) {
            if (i >= first) {
                positions[i - first] = Math.min((int) position, from - 1);
            }

            position += scale;
        }

        return positions;
    }

    private static byte clip(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }

    /** A rectangle of the scaled image, inside of it. */
    record Region(int left, int top, int width, int height) {}

    /**
     * The weights of one axis: output position i is the sum of {@code fixed[k]} times input sample
     * {@code starts[i] + k - offsets[i]} for k from {@code offsets[i]} to {@code offsets[i + 1]}.
     */
    private record Weights(int[] starts, int[] offsets, int[] fixed) {
        static Weights of(int from, int to, int first, int count, Interpolation filter) {
            if (from == to) {
                return identity(first, count);
            }

            double scale = (double) from / to;
            double stretch = Math.max(scale, 1);
            double support = filter.support() * stretch;
            double shrink = 1 / stretch;
            double[] weights = new double[2 * (int) Math.ceil(support) + 1];
            int[] starts = new int[count];
            int[] offsets = new int[count + 1];
            int[] fixed = new int[Math.min(from, weights.length) * count];

            for (int i = 0; i < count; i++) {
                double centre = (first + i + 0.5) * scale;
                int start = Math.max((int) (centre - support + 0.5), 0);
                int length = Math.min((int) (centre + support + 0.5), from) - start;
                double sum = 0;

                for (int k = 0; k < length; k++) {
                    weights[k] = filter.weight((k + start - centre + 0.5) * shrink);
                    sum += weights[k];
                }

                starts[i] = start;
                offsets[i + 1] = offsets[i] + length;

                for (int k = 0; k < length; k++) {
                    double weight = weights[k] / sum * (1 << FRACTION_BITS);
                    fixed[offsets[i] + k] = (int) (weight < 0 ? weight - 0.5 : weight + 0.5);
                }
            }

            return new Weights(starts, offsets, fixed);
        }

        private static Weights identity(int first, int count) {
            int[] starts = new int[count];
            int[] offsets = new int[count + 1];
            int[] fixed = new int[count];

            for (int i = 0; i < count; i++) {
                starts[i] = first + i;
                offsets[i + 1] = i + 1;
                fixed[i] = 1 << FRACTION_BITS;
            }

            return new Weights(starts, offsets, fixed);
        }

        int length() {
            return starts.length;
        }

        int start(int position) {
            return starts[position];
        }

        int offset(int position) {
            return offsets[position];
        }

        int first() {
            return starts[0];
        }

        /** One past the last input sample that counts. */
        int last() {
            int i = length() - 1;

            return starts[i] + offsets[i + 1] - offsets[i];
        }
    }
}
