package dev.tapetum.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the templates show, in their order: every number is already text for people, and nothing is escaped yet. */
record Page(
        String runId,
        String version,
        Verdict verdict,
        Ledger ledger,
        List<Fact> facts,
        List<Section> sections,
        Comparisons comparisons,
        Explained explained,
        Typical typical,
        List<Worst> worst,
        List<Scale> scales,
        String plan,
        String confidence,
        String falseDiscoveryRate) {
    /** How a thing went, for its colour and sign. */
    enum Tone {
        PASS("pass"),
        FAIL("fail"),
        NONE("none");

        private final String text;

        Tone(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * The top of the page.
     *
     * @param headline the outcome in a few words
     * @param notes what else must be known before anything is believed, such as a run that failed
     * @param rules one line per rule of the gate
     * @param established the findings that are shown at once
     * @param further the other findings
     * @param harmless one sentence per attribute that was looked at and found harmless
     * @param small the groups without any verdict
     * @param untested one sentence on single comparisons without a verdict; empty when there are none
     */
    record Verdict(
            Tone tone,
            String headline,
            List<String> notes,
            List<Rule> rules,
            List<String> established,
            List<String> further,
            List<String> harmless,
            List<String> small,
            String untested) {}

    record Rule(Tone tone, String rule, String statement) {}

    /** A term and what it is in this run, in words or as a digest. */
    record Fact(String term, String value, boolean digest) {}

    /**
     * input = ok + rejected.
     *
     * @param balance the equation in words
     * @param byGroup one sentence on whether rejects differ by group; empty when nobody can know
     */
    record Ledger(String balance, List<Reject> rejects, List<String> byGroup) {}

    record Reject(String reason, String stage, String images, String share, List<RejectedImage> examples) {}

    record RejectedImage(String uri, String message) {}

    record Section(String title, List<Kind> kinds) {}

    /**
     * Metrics of one kind.
     *
     * @param subjects what tells its blocks apart, in the plural
     * @param open whether it is unfolded from the start
     * @param established how many of its rows are in that state
     */
    record Kind(String title, String meaning, String subjects, boolean open, int established, List<Block> blocks) {}

    /**
     * One metric over all groups.
     *
     * @param subject the class or method; empty for a metric that has none
     * @param percent whether the numbers of the chart are percentages
     * @param whole the value over all images, in words
     * @param rows the groups in the chart and in the table beside it, the whole first
     * @param more the other groups, in a table of their own
     * @param left how many groups are only in the tables of the run
     */
    record Block(
            String metric,
            String subject,
            boolean percent,
            String whole,
            int established,
            List<Row> rows,
            List<Row> more,
            int left) {}

    /**
     * A group in a table and in the chart that is drawn from it.
     *
     * @param attribute empty for the whole
     * @param state {@code whole}; {@code established} for a difference that is not to the group's good, {@code better} for
     *     one that is; {@code open} where none is established; {@code small} without a verdict
     * @param at the value as a number of the chart; null when there is none, as for the ends of the interval
     */
    record Row(
            String attribute,
            String group,
            String state,
            String images,
            String value,
            String interval,
            @Nullable String at,
            @Nullable String low,
            @Nullable String high) {}

    /** Groups against the others: the gaps shown at once, the others, and how many are only in the run's tables. */
    record Comparisons(String summary, List<Comparison> rows, List<Comparison> more, int left) {}

    record Comparison(
            String metric,
            String attribute,
            String group,
            String images,
            String difference,
            String interval,
            String q,
            String detectable,
            String verdict,
            Tone tone) {}

    /**
     * The methods.
     *
     * @param trusted one line per method
     * @param leftOut one sentence per reason why differences of maps are no findings
     * @param measures what was measured
     * @param matrices how far each two methods agree
     * @param byTarget how stable they are for each explained class
     */
    record Explained(
            List<Trusted> trusted,
            List<String> leftOut,
            List<Measures> measures,
            List<Matrix> matrices,
            List<ByTarget> byTarget) {}

    record Trusted(String method, String verdict, Tone tone, String reason) {}

    /** As many measures as fit beside each other, and a line per method. */
    record Measures(List<Aspect> aspects, List<Measured> columns, List<Line> lines) {}

    /** What so many columns beside each other are about. */
    record Aspect(String title, int columns) {}

    /**
     * @param meaning half a sentence, empty when nothing is known, as for the others
     * @param better which way is better
     * @param parameters what tells it from others of its name
     * @param images how many images its means are of; empty when that is said in the cells, because they differ
     */
    record Measured(String title, String meaning, String better, String parameters, String images) {}

    record Line(String name, List<Cell> cells) {}

    /** A mean, its interval, and how many images it is of, empty where there is none or the column says it. */
    record Cell(String value, String interval, String images) {}

    record Matrix(String title, String metric, String images, List<String> methods, List<Agreements> lines) {}

    record Agreements(String method, List<Agreed> cells) {}

    /** @param shade how strongly the cell is coloured, from 0 to 1 */
    record Agreed(String value, String shade) {}

    /** A measure by class: a line per class, a column per method. */
    record ByTarget(String title, String better, List<String> methods, List<Line> lines) {}

    /** Ordinary images, and how they were chosen. */
    record Typical(String choice, List<Example> examples) {}

    record Worst(String attribute, String group, String statement, List<Example> examples) {}

    /**
     * One image.
     *
     * @param wrong whether the prediction is known to be wrong
     * @param picture the image as a data URI; empty when it cannot be shown
     */
    record Example(
            String imageId,
            String label,
            String predicted,
            String confidence,
            boolean wrong,
            String picture,
            List<Overlay> overlays) {}

    /** @param evidence whether the method may be believed */
    record Overlay(String method, String shortName, boolean evidence, String scale, String picture) {}

    /** The legend of a colour scale that occurs in the page. */
    record Scale(String name, String low, String high) {}
}
