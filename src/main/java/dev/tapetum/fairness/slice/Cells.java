package dev.tapetum.fairness.slice;

import dev.tapetum.fairness.Observation;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The mergeable state of a search: how many images, and how many wrong ones, have each combination of literals. Its size is
 * bounded: where there would be more cells than that, aspects are given up one by one, those with the most answers first.
 *
 * <p>Which ones are given up does not depend on how the images are dealt out: the order is fixed, giving up an aspect never
 * makes more cells, and a part of the images has no more cells than all of them. So every part gives up a beginning of the
 * order that the whole gives up too, and the whole gives up the shortest one that is enough.
 */
public final class Cells implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Some 20 MB, which a task can send and the driver can search in seconds. */
    public static final int MOST = 200_000;

    private final Vocabulary vocabulary;
    private final int most;
    private int given;
    private Map<String, long[]> cells = new HashMap<>();

    /** No images. */
    public Cells(Vocabulary vocabulary) {
        this(vocabulary, MOST);
    }

    Cells(Vocabulary vocabulary, int most) {
        this.vocabulary = vocabulary;
        this.most = most;
    }

    /** Adds an image; one that is rejected or has no label is none. */
    public void add(Observation image) {
        if (image.rejected() || image.label() == Observation.UNKNOWN) {
            return;
        }

        char[] key = vocabulary.key(image);
        for (int i = 0; i < given; i++) {
            key[vocabulary.dropped(i)] = Vocabulary.NO_LITERAL;
        }

        count(new String(key), 1, image.label() == image.predicted() ? 0 : 1);
        fit();
    }

    private void count(String key, long images, long errors) {
        long[] counts = cells.computeIfAbsent(key, absent -> new long[2]);
        counts[0] += images;
        counts[1] += errors;
    }

    /** Adds all images of another state, which stays as it is. Both have the same vocabulary. */
    public void merge(Cells other) {
        while (given < other.given) {
            giveUp();
        }

        other.cells.forEach((key, counts) -> {
            char[] codes = key.toCharArray();
            for (int i = other.given; i < given; i++) {
                codes[vocabulary.dropped(i)] = Vocabulary.NO_LITERAL;
            }

            count(new String(codes), counts[0], counts[1]);
        });
        fit();
    }

    private void fit() {
        while (cells.size() > most && given < vocabulary.aspects()) {
            giveUp();
        }
    }

    private void giveUp() {
        int aspect = vocabulary.dropped(given);
        given++;
        Map<String, long[]> finer = cells;
        cells = new HashMap<>();
        finer.forEach((key, counts) -> {
            char[] codes = key.toCharArray();
            codes[aspect] = Vocabulary.NO_LITERAL;
            count(new String(codes), counts[0], counts[1]);
        });
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    /** The aspects that were given up. */
    public List<Aspect> givenUp() {
        return IntStream.range(0, given)
                .mapToObj(i -> vocabulary.aspect(vocabulary.dropped(i)))
                .toList();
    }

    /** The cells in an order of their own, as arrays. */
    Counted counted() {
        TreeMap<String, long[]> sorted = new TreeMap<>(cells);
        return new Counted(
                sorted.keySet().stream().map(String::toCharArray).toArray(char[][]::new),
                sorted.values().stream().mapToLong(counts -> counts[0]).toArray(),
                sorted.values().stream().mapToLong(counts -> counts[1]).toArray());
    }

    /**
     * Cells side by side.
     *
     * @param codes of the literals, cell by aspect
     * @param images in each cell
     * @param errors how many of those are wrong
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Counted(char[][] codes, long[] images, long[] errors) {
        long allImages() {
            return Arrays.stream(images).sum();
        }

        long allErrors() {
            return Arrays.stream(errors).sum();
        }
    }
}
