package dev.tapetum.fairness.slice;

import dev.tapetum.fairness.Observation;
import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The literals that a search may combine: some aspects, each with its answers that are frequent enough to make a slice.
 *
 * <p>An image is told by one character per aspect, which makes a compact and comparable key: 0 where its answer is none of
 * those, else 1 plus the answer's place.
 */
public final class Vocabulary implements Serializable {
    private static final long serialVersionUID = 1L;

    static final char NO_LITERAL = 0;

    private final List<Entry> entries;
    private final List<Map<String, Character>> codes;
    private final int[] dropOrder;

    /**
     * An aspect with its literals.
     *
     * @param answers all different, fewer than 65,535
     */
    public record Entry(Aspect aspect, List<String> answers) implements Serializable {
        public Entry {
            answers = List.copyOf(answers);
            if (answers.size() >= Character.MAX_VALUE) {
                throw new IllegalArgumentException(
                        aspect + " has " + answers.size() + " answers, too many to tell apart");
            }
        }
    }

    /**
     * A vocabulary of these aspects, each once.
     *
     * @param entries in the order in which predicates name them
     */
    public Vocabulary(List<Entry> entries) {
        this.entries = List.copyOf(entries);
        this.codes = this.entries.stream().map(Vocabulary::codes).toList();
        Comparator<Integer> mostAnswersFirst = Comparator.comparing(
                (Integer i) -> -this.entries.get(i).answers().size());
        this.dropOrder = IntStream.range(0, this.entries.size())
                .boxed()
                .sorted(mostAnswersFirst.thenComparing(Comparator.reverseOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static Map<String, Character> codes(Entry entry) {
        Map<String, Character> codes = new HashMap<>();
        entry.answers().forEach(answer -> codes.put(answer, (char) (codes.size() + 1)));
        return codes;
    }

    int aspects() {
        return entries.size();
    }

    Aspect aspect(int place) {
        return entries.get(place).aspect();
    }

    /** How many literals an aspect has; their codes are 1 up to that. */
    int literals(int place) {
        return entries.get(place).answers().size();
    }

    Literal literal(int place, int code) {
        Entry entry = entries.get(place);
        return new Literal(entry.aspect(), entry.answers().get(code - 1));
    }

    /** Which aspect is given up as the n-th when there are too many combinations: that with the most answers first. */
    int dropped(int n) {
        return dropOrder[n];
    }

    char[] key(Observation image) {
        char[] key = new char[entries.size()];
        for (int i = 0; i < key.length; i++) {
            key[i] = codes.get(i).getOrDefault(entries.get(i).aspect().answer(image), NO_LITERAL);
        }

        return key;
    }
}
