package dev.tapetum.spec;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What somebody who wrote an unknown word most likely meant. */
public final class Nearest {
    private Nearest() {}

    /**
     * The end of an error's sentence: {@code ; did you mean 'tolerance'?}, or the list of all known words when none is
     * near.
     *
     * @param what what the words are, in the plural, e.g. {@code keys}
     */
    public static String hint(String word, String what, Collection<String> known) {
        String nearest = to(word, known);

        if (nearest != null) {
            return "; did you mean '" + nearest + "'?";
        }

        return known.isEmpty() ? "; there are no " + what : "; known " + what + ": " + String.join(", ", known);
    }

    /**
     * The known word with the fewest edits to the given one (insert, delete, replace, swap neighbours; case and hyphens
     * do not count), the first of equals; null when all differ by more than a third of the longer word.
     */
    static @Nullable String to(String word, Collection<String> known) {
        String wanted = fold(word);

        return known.stream()
                .filter(candidate -> 3 * edits(wanted, fold(candidate))
                        <= Math.max(wanted.length(), fold(candidate).length()))
                .min(Comparator.comparingInt(candidate -> edits(wanted, fold(candidate))))
                .orElse(null);
    }

    private static String fold(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /** The optimal string alignment distance: no part of a word is edited twice. */
    private static int edits(String a, String b) {
        int[] beforePrevious = new int[b.length() + 1];
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        Arrays.setAll(previous, j -> j);

        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;

            for (int j = 1; j <= b.length(); j++) {
                int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replace, 1 + Math.min(previous[j], current[j - 1]));

                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
                }
            }

            int[] free = beforePrevious;
            beforePrevious = previous;
            previous = current;
            current = free;
        }

        return previous[b.length()];
    }
}
