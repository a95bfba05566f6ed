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
        List<OverGroups> overGroups,
        List<Section> sections,
        Comparisons comparisons,
        Sliced sliced,
        Explained explained,
        Intervened intervened,
        Featured featured,
        Drawn drawn,
        Typical typical,
        List<Worst> worst,
        List<Scale> scales,
        String plan,
        String confidence,
        String falseDiscoveryRate) {
    /** How a thing went, for its colour and sign. */
    enum Tone {
        PASS("pass"),
        WARN("warn"),
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
     * @param undecided what a rule without a verdict means here; empty when there is none
     * @param established the findings that are shown at once
     * @param further the other findings
     * @param harmless the findings that nothing was found, one per attribute
     * @param small the groups without any verdict
     * @param untested one sentence on single comparisons without a verdict; empty when there are none
     */
    record Verdict(
            Tone tone,
            String headline,
            List<String> notes,
            List<Rule> rules,
            String undecided,
            List<Found> established,
            List<Found> further,
            List<Found> harmless,
            List<String> small,
            String untested) {}

    /**
     * @param status pass, fail or undecided
     * @param level what it does when it is broken, in a few words
     */
    record Rule(Tone tone, String status, String level, String rule, String statement) {}

    /**
     * A finding.
     *
     * @param severity its word; empty where nothing was found
     * @param numbers those behind it that its statement may lack
     * @param rule the rule that speaks of it; empty when none does
     * @param images a few images that show it
     */
    record Found(
            int rank,
            String severity,
            Tone tone,
            String statement,
            String numbers,
            String rule,
            List<Link> images,
            String sql) {}

    /**
     * An image by its name.
     *
     * @param anchor of the picture further down; empty when there is none
     * @param thumbnail as a data URI; empty when there is none
     */
    record Link(String imageId, String anchor, String thumbnail) {}

    /** A term and what it is in this run, in words or as a digest. */
    record Fact(String term, String value, boolean digest) {}

    /**
     * input = ok + rejected.
     *
     * @param balance the equation in words
     * @param byGroup one sentence on whether rejects differ by group; empty when nobody can know
     */
    record Ledger(String balance, List<Reject> rejects, List<String> byGroup, List<String> sql) {}

    record Reject(String reason, String stage, String images, String share, List<RejectedImage> examples) {}

    record RejectedImage(String uri, String message) {}

    /**
     * How unlike all groups of an attribute are at once.
     *
     * @param rows what is shown at once: of each measure the class on which the groups are least alike
     * @param more the others
     * @param left how many are only in the tables of the run
     */
    record OverGroups(String attribute, List<Extreme> rows, List<Extreme> more, int left, String sql) {}

    /** @param subject the class; a dash for a measure over all of them */
    record Extreme(String measure, String subject, String images, String value, String interval) {}

    record Section(String title, List<Kind> kinds) {}

    /**
     * Metrics of one kind.
     *
     * @param subjects what tells its blocks apart, in the plural
     * @param open whether it is unfolded from the start
     * @param established how many of its rows are in that state
     * @param left how many of its blocks are only in the tables of the run
     */
    record Kind(
            String title,
            String meaning,
            String subjects,
            boolean open,
            int established,
            List<Block> blocks,
            int left) {}

    /**
     * One metric over all groups.
     *
     * @param subject the class or method; empty for a metric that has none
     * @param percent whether the numbers of the chart are percentages
     * @param whole the value over all images, in words
     * @param rows the groups in the chart and in the table beside it, the whole first
     * @param more the other groups, in a table of their own
     * @param crossed groups by several attributes, in a table of their own
     * @param left how many groups are only in the tables of the run
     * @param sql returns all of them
     */
    record Block(
            String metric,
            String subject,
            boolean percent,
            String whole,
            int established,
            List<Row> rows,
            List<Row> more,
            List<Row> crossed,
            int left,
            String sql) {
        /** The same with only so many of the folded rows. */
        Block cut(int others, int intersections) {
            return new Block(
                    metric,
                    subject,
                    percent,
                    whole,
                    established,
                    rows,
                    more.subList(0, others),
                    crossed.subList(0, intersections),
                    left + more.size() - others + crossed.size() - intersections,
                    sql);
        }
    }

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
    record Comparisons(String summary, List<Comparison> rows, List<Comparison> more, int left, String sql) {}

    record Comparison(
            String metric,
            String attribute,
            String group,
            String reference,
            String images,
            String difference,
            String ratio,
            String interval,
            String q,
            String detectable,
            String verdict,
            Tone tone) {}

    /**
     * Subgroups with many errors.
     *
     * @param wanted whether the plan wants them searched
     * @param searched what was searched and how, or why nothing was
     * @param outcome how many were confirmed, in a sentence; empty where nothing was searched
     * @param rows the confirmed ones first
     */
    record Sliced(boolean wanted, String searched, String outcome, List<Slice> rows, String sql) {}

    /** @param interval of the difference */
    record Slice(
            String predicate,
            String images,
            String error,
            String overall,
            String difference,
            String interval,
            String q,
            String verdict,
            Tone tone,
            String query) {}

    /**
     * What the model draws for its classes.
     *
     * @param methods how natural the drawings of each method are; none where nothing was drawn
     * @param comparison in how many classes the first method is the more natural, in sentences
     * @param sheets the drawings, a class each
     * @param classesLeft how many classes have no pictures here
     * @param readings what was looked for in them, what is drawn in first
     * @param readingsLeft how many readings are only in the tables of the run
     * @param untold the values of attributes that images do not tell apart
     */
    record Drawn(
            List<DrawnBy> methods,
            List<String> comparison,
            List<Sheet> sheets,
            int classesLeft,
            List<Reading> readings,
            int readingsLeft,
            List<String> untold,
            List<String> sql) {}

    /** Means over the drawings of a method, and over images of their classes and of others. */
    record DrawnBy(
            String method,
            String drawings,
            String probability,
            String l1,
            String naturalL1,
            String otherL1,
            String spearman,
            String naturalSpearman,
            String otherSpearman) {}

    /**
     * The drawings of one class.
     *
     * @param nature what the images of the class measure; empty where there are none, or where each hand has its own
     */
    record Sheet(String className, String nature, List<DrawnRow> rows) {}

    /**
     * The drawings by one hand.
     *
     * @param hand whose drawings they are
     * @param nature as of the sheet; empty where that has it
     */
    record DrawnRow(
            String hand, String nature, String probability, String l1, String spearman, List<Drawing> drawings) {}

    /** @param picture as a data URI; empty when there is no room for it */
    record Drawing(String picture, String probability, String seed, String className) {}

    /**
     * How much of a property is drawn into a class.
     *
     * @param place where it shows in the pixels; empty for everywhere
     * @param inside the colour there, as style sheets write it; empty where there is none
     * @param outside the colour elsewhere
     */
    record Reading(
            String className,
            String method,
            String property,
            String tap,
            String value,
            String natural,
            String others,
            String difference,
            String interval,
            String q,
            boolean drawnIn,
            String place,
            String inside,
            String outside) {}

    /**
     * The methods.
     *
     * @param trusted one line per method
     * @param trustedBy the statements of the numbers in these lines
     * @param leftOut one sentence per reason why differences of maps are no findings
     * @param measures what was measured
     * @param matrices how far each two methods agree
     * @param byTarget how stable they are for each explained class
     */
    record Explained(
            List<Trusted> trusted,
            List<String> trustedBy,
            List<String> leftOut,
            List<Measures> measures,
            List<Matrix> matrices,
            List<ByTarget> byTarget) {}

    record Trusted(String method, String verdict, Tone tone, String reason) {}

    /** As many measures as fit beside each other, and a line per method. */
    record Measures(List<Aspect> aspects, List<Measured> columns, List<Line> lines, String sql) {}

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

    record Matrix(
            String title, String metric, String images, List<String> methods, List<Agreements> lines, String sql) {}

    record Agreements(String method, List<Agreed> cells) {}

    /** @param shade how strongly the cell is coloured, from 0 to 1 */
    record Agreed(String value, String shade) {}

    /** A measure by class: a line per class, a column per method. */
    record ByTarget(String title, String better, List<String> methods, List<Line> lines, String sql) {}

    /**
     * What interventions told.
     *
     * @param images how many were edited, in words; empty when none were
     * @param followed what the gradients are of
     * @param classes which images the numbers of a class are of; empty when they are of all
     * @param least the smallest effect of any importance
     * @param effects one per property, the surest first
     * @param left how many properties are only in the run's tables
     * @param others the effects on other classes
     * @param properties those that are drawn
     */
    record Intervened(
            String images,
            String followed,
            String classes,
            String least,
            List<Effect> effects,
            long left,
            List<Effect> others,
            List<Property> properties,
            Corruptions corruptions,
            String sql) {}

    /**
     * @param state {@code whole} for all images, else {@code established} or {@code open}, as of a {@link Row}
     * @param direction where the signed gradient points, in a word or two; empty when nobody can know
     * @param matters whether the effect is established and not small
     */
    record Effect(
            String property,
            String editor,
            String target,
            String attribute,
            String group,
            String state,
            String images,
            String gradient,
            String interval,
            String signed,
            String signedInterval,
            String direction,
            String flips,
            String q,
            String verdict,
            boolean matters) {}

    /**
     * The curves and pictures of one property.
     *
     * @param effect of the class that is drawn, over all images
     * @param open whether it is unfolded from the start
     * @param answer what the curves show, without its unit
     * @param attributes the curves of the groups of each attribute; one without a name when there are no groups
     * @param cut whether some curves are only in the run's tables
     */
    record Property(
            Effect effect,
            boolean open,
            String answer,
            List<Attribute> attributes,
            boolean cut,
            List<Strip> strips,
            List<String> sql) {}

    /**
     * @param effects of all images and of the groups
     * @param series whose curves the columns are, all images first
     * @param steps the points of all curves at each step
     */
    record Attribute(String name, List<Effect> effects, List<String> series, List<Step> steps) {}

    /** @param at the strength of all images as a number of the chart */
    record Step(String strength, String at, List<Point> points) {}

    /**
     * A point of a curve, empty where the group has none.
     *
     * @param strength the group's own, where it is another than that of all images
     * @param at the probability in per cent as a number of the chart; null when there is none, as for the ends of the
     *     interval
     */
    record Point(
            String value,
            String interval,
            String images,
            @Nullable String strength,
            @Nullable String at,
            @Nullable String low,
            @Nullable String high) {
        /** That of a group none of whose images was edited so. */
        static final Point NONE = new Point(Numbers.NONE, "", "", null, null, null, null);
    }

    /** One image at some of the steps. */
    record Strip(String shown, String imageId, String target, String gradient, String p, List<Frame> frames) {}

    /**
     * An image at one strength.
     *
     * @param strength in words
     * @param share the probability as a number of the style sheet
     * @param picture as a data URI; empty when it cannot be shown
     */
    record Frame(String strength, String probability, String share, boolean unedited, boolean valid, String picture) {}

    /**
     * What became of errors under corruption.
     *
     * @param sentences the sums over all corruptions; none when nothing was measured
     * @param overview the errors under each corruption over all images; empty or one
     * @param kinds the same metrics by group
     */
    record Corruptions(List<String> sentences, List<String> sql, List<Block> overview, List<Kind> kinds) {}

    /**
     * What features of an autoencoder told.
     *
     * @param sae the autoencoder; empty without one
     * @param tested whether associations were tested
     * @param least the least important change, in percentage points; empty when none is named
     * @param lacking why pictures are missing, as the end of a sentence; empty when none is
     */
    record Featured(
            String sae, boolean tested, String least, String lacking, List<Feature> features, List<String> sql) {}

    /**
     * @param share of the images in which it is active
     * @param images number of them
     * @param association its strongest one in a sentence; empty when it has none
     * @param groups how often it is active in the groups of that association's attribute
     * @param ablated what taking it out does; none when the run did not ask
     * @param line what to put into a plan that asks
     */
    record Feature(
            String name,
            String share,
            String images,
            String association,
            List<Share> groups,
            List<Exemplar> exemplars,
            List<Ablated> ablated,
            String line) {}

    /**
     * How often a feature is active in a group.
     *
     * @param share in words
     * @param at the same as a number of the style sheet
     * @param strongest whether the feature's strongest association is with it
     */
    record Share(String group, String share, String at, String images, boolean strongest) {}

    /**
     * An image in which a feature is most active.
     *
     * @param label empty when there is none
     * @param wrong whether the prediction is known to be wrong
     * @param picture as a data URI; empty when it cannot be shown
     * @param grid the view box of the outlines
     * @param active the outline of the patches in which the feature is active
     * @param strong the outline of those in which it is strongly active
     */
    record Exemplar(
            String imageId,
            String label,
            String predicted,
            boolean wrong,
            String activation,
            String picture,
            String grid,
            String active,
            String strong) {}

    /**
     * How a class's probability changes without a feature and with each control, in percentage points.
     *
     * @param matters whether it exceeds both controls and is not small
     * @param place where it is taken out; empty for all patches
     */
    record Ablated(
            String target,
            String group,
            String images,
            String change,
            String interval,
            String otherFeature,
            String randomDirection,
            String verdict,
            boolean matters,
            String place) {}

    /** Ordinary images, and how they were chosen. */
    record Typical(String choice, List<Example> examples, String sql) {}

    record Worst(String attribute, String group, String statement, List<Example> examples, String sql) {}

    /**
     * One image.
     *
     * @param anchor where it stands; empty when another place of the page has it first
     * @param wrong whether the prediction is known to be wrong
     * @param picture the image as a data URI; empty when it cannot be shown
     */
    record Example(
            String imageId,
            String anchor,
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
