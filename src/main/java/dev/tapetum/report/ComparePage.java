package dev.tapetum.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the templates of a comparison show, in their order: every number is already text, and nothing is escaped yet. */
record ComparePage(
        String baseline,
        String candidate,
        String version,
        Page.Tone tone,
        String headline,
        List<String> notes,
        List<Page.Rule> rules,
        List<Statement> established,
        List<Statement> further,
        long left,
        String tests,
        List<String> ledger,
        List<Fact> facts,
        List<Difference> differences,
        List<Part> parts,
        Flips flips,
        Drawn drawn,
        String confidence,
        String falseDiscoveryRate) {

    record Statement(String text, String query) {}

    /** What a term is in both runs. */
    record Fact(String term, String before, String after, boolean digest) {}

    record Difference(String key, String before, String after) {}

    /** @param empty what is said when there are no metrics */
    record Part(String title, String meaning, String empty, List<Kind> kinds, int left) {}

    /**
     * A metric over all groups.
     *
     * @param whole its change over all images, in words
     * @param open whether it is unfolded from the start
     * @param established how many of its changes are
     * @param tested whether it is tested at all
     * @param counted whether images lost and gained are told
     * @param rows the groups in the chart and the table beside it, the whole first
     * @param more other groups
     * @param left how many groups are only in the tables
     */
    record Kind(
            String title,
            String meaning,
            String whole,
            boolean open,
            int established,
            boolean tested,
            boolean counted,
            boolean percent,
            List<Row> rows,
            List<Row> more,
            int left,
            String query) {}

    /** @param state as of a {@link Page.Row} */
    record Row(
            String attribute,
            String group,
            String state,
            String images,
            String before,
            String after,
            String difference,
            String interval,
            String q,
            String detectable,
            String lost,
            String gained,
            @Nullable String at,
            @Nullable String low,
            @Nullable String high) {}

    /**
     * What both models draw.
     *
     * @param classes drawn by the same method in both runs
     * @param sheets their drawings, as many as are shown; none where there are no pictures
     * @param classesLeft how many are only in the tables
     * @param readings what is drawn into a class in either run
     * @param readingsLeft how many further ones are only in the tables
     */
    record Drawn(
            int classes,
            List<Page.Sheet> sheets,
            int classesLeft,
            List<DrawnInto> readings,
            int readingsLeft,
            String query) {}

    /** How much of a property is drawn into a class, and in which of the runs that is established. */
    record DrawnInto(String className, String method, String property, String before, String after, String drawnIn) {}

    /** Predictions that flipped. */
    record Flips(String summary, List<Flip> rows, String query) {}

    record Flip(String before, String after, String images, String right) {}
}
