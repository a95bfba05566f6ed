package dev.tapetum.probe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings {@code (Σ_k weight_k · slot_k) ⊙ times} from the device and gives the slots free.
 *
 * @param terms the sums and their weights
 * @param times the direction to multiply with, per element; none leaves the sum as it is
 */
public record Fetch(List<Term> terms, @Nullable Difference times) {

    /** One sum and its weight. */
    public record Term(int slot, double weight) {}

    public Fetch {
        terms = List.copyOf(terms);
        if (terms.isEmpty()) {
            throw new IllegalArgumentException("A fetch needs at least one slot");
        }
    }

    /** One sum as it is. */
    public static Fetch slot(int slot) {
        return new Fetch(List.of(new Term(slot, 1)), null);
    }
}
