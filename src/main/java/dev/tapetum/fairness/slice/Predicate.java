package dev.tapetum.fairness.slice;

import dev.tapetum.fairness.Observation;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/** The images that meet all of some conditions, no two of which are about one aspect. */
public record Predicate(List<Literal> literals) implements Serializable {
    public Predicate {
        literals = List.copyOf(literals);
    }

    /** How many conditions there are. */
    public int depth() {
        return literals.size();
    }

    boolean holds(Observation image) {
        return literals.stream().allMatch(literal -> literal.holds(image));
    }

    /** {@code site = annex ∧ predicted = mug}. */
    public String text() {
        return literals.stream().map(Literal::text).collect(Collectors.joining(" ∧ "));
    }

    /** The SQL that returns what the model said of the labelled images of the slice, the worst first. */
    public String query() {
        return literals.stream()
                .map(Literal::condition)
                .collect(Collectors.joining(
                        " AND ", "SELECT * FROM predictions WHERE correct IS NOT NULL AND ", " ORDER BY loss DESC"));
    }
}
