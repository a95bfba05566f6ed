package dev.tapetum.probe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings {@code (Σ_k weight_k · slot_k) ⊙ times} from the device and gives the slots free; a slot may be taken as it is or
 * as shares of its own total.
 *
 * @param terms the sums and their weights
 * @param times the direction to multiply with, per element; none leaves the sum as it is
 */
public record Fetch(List<Term> terms, @Nullable Difference times) {

    /** How the values of a slot enter. */
    public enum Scale {
        /** As they were summed. */
        AS_SUMMED,
        /** Divided by their total, so that they add up to one. A slot of zeros has no shares and stays zero. */
        SHARES
    }

    /** One sum and its weight. */
    public record Term(int slot, double weight, Scale scale) {

        /** The sum as it is. */
        public Term(int slot, double weight) {
            this(slot, weight, Scale.AS_SUMMED);
        }

        /** {@code weight}, shared out over the values in proportion to the sum. */
        public static Term shares(int slot, double weight) {
            return new Term(slot, weight, Scale.SHARES);
        }

        Term inSlot(int other) {
            return new Term(other, weight, scale);
        }
    }

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
