package dev.tapetum.attribution;

import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.PixelLabels;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The greedy choice of {@link Xrai}: segments may overlap, and cover the image in the order of what they add per pixel. */
final class GrowingRegion {

    private final double[] values;
    private final List<Segment> segments = new ArrayList<>();

    /** @param values one per pixel */
    GrowingRegion(double[] values) {
        this.values = values;
    }

    /** What of a segment is not covered yet. */
    private static final class Segment {

        private final BitSet pixels = new BitSet();
        private double sum;
        private int count;

        double mean() {
            return sum / count;
        }
    }

    /** Adds the segments of one cut of the whole image, each grown by a disc of {@code radius} pixels. */
    void offer(PixelLabels labels, InputSpec input, int radius) {
        List<Segment> grown = new ArrayList<>();
        for (int k = 0; k < labels.count(); k++) {
            grown.add(new Segment());
        }

        for (int i = 0; i < labels.pixels(); i++) {
            grow(grown.get(labels.of(i)).pixels, i, input, radius);
        }

        for (Segment segment : grown) {
            segment.count = segment.pixels.cardinality();
            segment.sum = segment.pixels.stream().mapToDouble(i -> values[i]).sum();
        }

        segments.addAll(grown);
    }

    private static void grow(BitSet pixels, int pixel, InputSpec input, int radius) {
        int row = pixel / input.width();
        int col = pixel % input.width();
        for (int down = -radius; down <= radius; down++) {
            int reach = (int) Math.sqrt(radius * radius - down * down);
            int at = row + down;
            if (at >= 0 && at < input.height()) {
                pixels.set(
                        at * input.width() + Math.max(0, col - reach),
                        at * input.width() + Math.min(input.width(), col + reach + 1));
            }
        }
    }

    /** Covers the image and gives each pixel the mean of what was covered with it; the first of equal segments comes first. */
    float[] cover() {
        float[] map = new float[values.length];
        List<Segment> open = new ArrayList<>(segments);
        while (!open.isEmpty()) {
            Segment best = open.get(0);
            for (Segment segment : open) {
                best = segment.mean() > best.mean() ? segment : best;
            }

            int[] fresh = best.pixels.stream().toArray();
            double sum = 0;
            for (int i : fresh) {
                sum += values[i];
            }

            for (int i : fresh) {
                map[i] = (float) (sum / fresh.length);
                open.forEach(segment -> take(segment, i));
            }

            open.removeIf(segment -> segment.count == 0);
        }

        return map;
    }

    private void take(Segment segment, int pixel) {
        if (segment.pixels.get(pixel)) {
            segment.pixels.clear(pixel);
            segment.sum -= values[pixel];
            segment.count--;
        }
    }
}
