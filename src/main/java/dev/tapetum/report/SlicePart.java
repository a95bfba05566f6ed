package dev.tapetum.report;

import dev.tapetum.fairness.Select;
import dev.tapetum.table.SliceRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Writes the subgroups that were found, and says where and how they were looked for, also when there are none. */
final class SlicePart {
    private static final String MEASURED =
            " What was found there is measured here on the other half, which the search did"
                    + " not see, against all other images of that half.";

    private SlicePart() {}

    static Page.Sliced of(Report report) {
        Slices slices = report.slices();
        long confirmed = slices.rows().stream().filter(SliceRow::confirmed).count();
        List<Page.Slice> rows = slices.rows().stream()
                .sorted(Comparator.comparing((SliceRow row) -> !row.confirmed()).thenComparing(SliceRow::rank))
                .map(SlicePart::slice)
                .toList();

        return new Page.Sliced(
                slices.depth() > 0,
                searched(slices),
                outcome(slices, confirmed),
                rows,
                Select.from("slices").by("rank").text());
    }

    private static String searched(Slices slices) {
        if (slices.attributes().isEmpty()) {
            return "No subgroups were searched for errors, because the plan names no attributes.";
        }

        if (!slices.labelled()) {
            return "No subgroups were searched for errors, because no image has a label of the model's.";
        }

        List<String> parts = new ArrayList<>(slices.attributes());
        parts.add("the predicted class");
        if (slices.features() > 0) {
            parts.add(Numbers.of(slices.features(), "feature") + " (active or not)");
        }

        String last = parts.remove(parts.size() - 1);

        return "Subgroups by " + String.join(", ", parts) + " and " + last
                + (slices.depth() == 1 ? ", one at a time," : ", up to " + slices.depth() + " of these at once,")
                + " were searched for errors on one half of the labelled images."
                + (slices.rows().isEmpty() ? "" : MEASURED);
    }

    private static String outcome(Slices slices, long confirmed) {
        if (slices.attributes().isEmpty() || !slices.labelled()) {
            return "";
        }

        if (slices.rows().isEmpty()) {
            return "No subgroup was found in which the model errs more than over all images.";
        }

        int found = slices.rows().size();

        return confirmed == 0
                ? "No subgroup was confirmed: "
                        + (found == 1
                                ? "the one that was found errs not surely more than the other images."
                                : "none of the " + found + " that were found errs surely more than the other images.")
                : Numbers.count(confirmed) + " of " + Numbers.of(found, "subgroup")
                        + (confirmed == 1 ? " was confirmed." : " were confirmed.");
    }

    private static Page.Slice slice(SliceRow row) {
        return new Page.Slice(
                row.predicate(),
                Numbers.count(row.n()),
                Numbers.percent(Numbers.orNaN(row.value())),
                Numbers.percent(Numbers.orNaN(row.overall())),
                Numbers.points(Numbers.orNaN(row.difference())),
                interval(row),
                Numbers.q(Numbers.orNaN(row.qValue())),
                row.confirmed() ? "confirmed" : row.pValue() == null ? "no verdict" : "not confirmed",
                row.confirmed() ? Page.Tone.FAIL : Page.Tone.NONE,
                row.query());
    }

    private static String interval(SliceRow row) {
        return row.ciLow() == null || row.ciHigh() == null
                ? Numbers.NONE
                : Numbers.points(row.ciLow()) + " to " + Numbers.points(row.ciHigh());
    }
}
