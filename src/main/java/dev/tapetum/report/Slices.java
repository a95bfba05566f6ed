package dev.tapetum.report;

import static java.util.Objects.requireNonNull;

import dev.tapetum.table.SliceRow;
import java.util.List;

/**
 * The subgroups that a run searched for errors.
 *
 * @param attributes that were combined
 * @param features how many features of an autoencoder were combined with them
 * @param depth the most conditions of a subgroup; 0 where the plan wants no search
 * @param labelled whether any image has a label of the model's, without which there are no errors
 * @param rows what was found, in any order
 */
public record Slices(List<String> attributes, int features, int depth, boolean labelled, List<SliceRow> rows) {
    /** Those of a run without a search. */
    public static final Slices NONE = new Slices(List.of(), 0, 0, false, List.of());

    public Slices {
        attributes = List.copyOf(attributes);
        rows = List.copyOf(rows);
        rows.forEach(row -> requireNonNull(row, "row"));
    }
}
