package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that a run has established, in words and with its evidence. */
@Comment(
        "One row per finding, ranked: what was established, its evidence, images that show it and the SQL to look closer.")
public record FindingRow(
        @Comment("Run that the row belongs to.") String runId,

        @Comment("Place among the findings of the run, from 1.")
        int rank,

        @Comment(
                "How bad it is: error where it breaks a rule of the gate that fails the run, warning where it breaks one that only warns, notice where it breaks none.")
        String severity,

        @Comment(
                "What it is about: value or change (beyond a limit of the gate), gap (between groups), slice (a subgroup), property (that a class answers to), feature (of an autoencoder), prototype (something that is drawn into a class), explanation (maps that are no evidence); none for an attribute among whose groups no difference in outcomes was established, and where nothing is drawn into any class.")
        String kind,

        @Comment("The finding in plain language, with its numbers.")
        String statement,

        @Comment("Statistic, by its text name.") String metric,

        @Comment("Attribute that forms the group; * for all images.")
        String attribute,

        @Comment("Value of the attribute; * for all images.")
        String group,

        @Comment("The images that it is about, in words; * for all of them.")
        String slice,

        @Comment("Images behind the number.") long n,

        @Comment(
                "The number itself: a difference for a gap, a slice, a change and none, else a value; null where it is undefined.")
        @Nullable
        Double effect,

        @Comment("Lower end of its interval; null where there is none.") @Nullable
        Double ciLow,

        @Comment("Upper end of its interval; null where there is none.") @Nullable
        Double ciHigh,

        @Comment("Corrected p-value; null where nothing was tested.") @Nullable
        Double qValue,

        @Comment("Rule of the gate that speaks of it; null where none does.") @Nullable
        String rule,

        @Comment("Whether the rule allows it; null without a rule, and where the rule is undecided.") @Nullable
        Boolean passed,

        @Comment("A few images that show it, the most telling first; none where single images show nothing.")
        List<String> imageIds,

        @Comment("Statement of SQL on these tables that shows the numbers and those beside them.")
        String query) {
    public FindingRow {
        requireNonNull(runId, "runId");
        requireNonNull(severity, "severity");
        requireNonNull(kind, "kind");
        requireNonNull(statement, "statement");
        requireNonNull(metric, "metric");
        requireNonNull(attribute, "attribute");
        requireNonNull(group, "group");
        requireNonNull(slice, "slice");
        imageIds = List.copyOf(imageIds);
        requireNonNull(query, "query");
    }
}
