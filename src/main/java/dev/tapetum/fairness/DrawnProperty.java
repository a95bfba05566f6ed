package dev.tapetum.fairness;

import dev.tapetum.stats.Interval;
import dev.tapetum.stats.StatisticsSettings;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A property, or a feature, that drawings of a class have more of than its images and than other drawings: evidence for a finding.
 *
 * @param className the class
 * @param method that drew, in the column {@code method}
 * @param property what is drawn in; {@link Group#WHOLE} for a feature
 * @param feature its index; null for a property
 * @param site where it was looked for: {@code pixels}, or a tap
 * @param n drawings of the class
 * @param value how much the drawings have of it: of a property 0 where images of the class without it lie and 1 where those with it
 *     do, of a feature the share in which it is active
 * @param natural the same of images of the class
 * @param others the same of drawings of the other classes
 * @param interval of the value less the larger of the two
 * @param qValue of no more of it than elsewhere
 * @param shown where it shows in images, and what is there in the drawings; null where it shows everywhere or not in the pixels
 */
public record DrawnProperty(
        String className,
        String method,
        Group property,
        @Nullable Integer feature,
        String site,
        long n,
        double value,
        double natural,
        double others,
        Interval interval,
        double qValue,
        @Nullable Shown shown) {
    private static final String METRIC = "prototype";
    private static final String TABLE = "prototype_readings";
    private static final String ORDER = "class_index";
    private static final int COLOURS = 3;

    /** Of a channel from 0 to 1: what nobody sees is not told. */
    private static final double DIFFERENT = 0.05;

    /**
     * A rectangle of the pixels, and the colour of the drawings in it.
     *
     * @param row the first one
     * @param column the first one
     * @param inside mean colour in it, one number from 0 to 1 per channel
     * @param outside mean colour of the rest
     */
    public record Shown(int row, int column, int rows, int columns, List<Double> inside, List<Double> outside) {
        public Shown {
            inside = List.copyOf(inside);
            outside = List.copyOf(outside);
        }

        private String words() {
            String place = "in images it shows in " + span("row", row, rows) + ", " + span("column", column, columns);
            return colourDiffers()
                    ? place + ", where the drawings are " + colour(inside) + " against " + colour(outside)
                            + " elsewhere"
                    : place;
        }

        private boolean colourDiffers() {
            return IntStream.range(0, inside.size())
                    .anyMatch(c -> Math.abs(inside.get(c) - outside.get(c)) >= DIFFERENT);
        }

        private static String span(String name, int first, int count) {
            return count == 1 ? name + " " + first : name + "s " + first + " to " + (first + count - 1);
        }

        private static String colour(List<Double> colour) {
            String levels = colour.stream()
                    .map(level -> String.format(Locale.ROOT, "%.2f", level))
                    .collect(Collectors.joining(", "));
            return colour.size() == COLOURS ? "rgb(" + levels + ")" : "level " + levels;
        }
    }

    /**
     * What held-out images say of a property.
     *
     * @param separation the area under the curve of telling it; NaN with too few images
     * @param told whether that is enough to look for it in drawings
     */
    public record Looked(Group property, String site, double separation, boolean told) {}

    /** Whether a finding is one of these, or says that there is none. */
    public static boolean tells(Finding finding) {
        return finding.metric().equals(METRIC) || finding.metric().startsWith(METRIC + "[");
    }

    /** What the run says of it. */
    public Finding finding(StatisticsSettings settings) {
        String statement = className + " is drawn with " + name() + ": " + (feature == null ? onTheWay() : shares())
                + certainty(settings) + (shown == null ? "" : "; " + shown.words());
        return Finding.of(Finding.Kind.PROTOTYPE, statement, evidence(), query());
    }

    private Evidence evidence() {
        return new Evidence(
                METRIC + "[" + name() + ", " + className + "]", property, n, difference(), interval, qValue);
    }

    private double difference() {
        return value - Math.max(natural, others);
    }

    private String name() {
        return feature == null ? property.attribute() + " = " + property.value() : "feature " + feature;
    }

    private String prototypes() {
        return n == 1 ? "its prototype" : "its " + n + " prototypes";
    }

    private String onTheWay() {
        return "of the way from images of the class without it to those with it, at " + site + ", " + prototypes()
                + (n == 1 ? " has" : " have") + " gone " + number(value) + (n == 1 ? "" : " on average")
                + ", its images " + number(natural) + " and other classes' prototypes " + number(others);
    }

    private String shares() {
        return "it is active in " + Wording.share(value) + " of " + prototypes() + ", in " + Wording.share(natural)
                + " of the images of the class and in " + Wording.share(others) + " of other classes' prototypes";
    }

    private String certainty(StatisticsSettings settings) {
        String range = Double.isNaN(interval.low())
                ? ""
                : Wording.percent(settings.confidence()) + " interval " + amount(interval.low()) + " to "
                        + amount(interval.high()) + ", ";
        return " (" + (feature == null ? number(difference()) : Wording.points(difference()) + " points") + " more, "
                + range + Wording.q(qValue) + ")";
    }

    private String amount(double difference) {
        return feature == null ? number(difference) : Wording.points(difference);
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.equals("-0.00") ? "0.00" : text;
    }

    private String query() {
        Select readings = Select.from(TABLE).is("method", method);
        return (feature == null
                        ? readings.is("attribute", property.attribute()).is(Select.GROUP, property.value())
                        : readings.where("feature = " + feature))
                .by(ORDER)
                .text();
    }

    /**
     * That nothing was found, with what was looked for.
     *
     * @param looked the properties, in their order
     * @param features whether features were looked for as well
     * @param tested whether anything could be tested
     * @param most of all readings the one that comes nearest; null where there is none
     */
    public static Finding none(
            String method,
            List<Looked> looked,
            boolean features,
            boolean tested,
            @Nullable DrawnProperty most,
            StatisticsSettings settings) {
        String told = listed(looked, true);
        String untold = listed(looked, false);
        StringBuilder statement = new StringBuilder(
                tested
                        ? "No property" + (features ? " and no feature" : "")
                                + " was established to be drawn into a class"
                        : told.isEmpty()
                                ? "Whether a property is drawn into a class cannot be told"
                                : "Whether a property is drawn into a class was not tested, which takes drawings of at least"
                                        + " three classes");
        statement.append(told.isEmpty() ? "" : "; of what was looked for, images tell " + told);
        statement.append(untold.isEmpty() ? "" : "; images do not tell " + untold + ", so drawings cannot either");
        if (most != null) {
            statement
                    .append(". The nearest to it: ")
                    .append(most.className)
                    .append(" with ")
                    .append(most.name())
                    .append(", ")
                    .append(most.feature == null ? number(most.value) : Wording.share(most.value))
                    .append(most.certainty(settings));
        }

        Evidence evidence = most == null
                ? new Evidence(METRIC, Group.WHOLE, 0, Double.NaN, Interval.NONE, Double.NaN)
                : new Evidence(METRIC, Group.WHOLE, most.n, most.difference(), most.interval, most.qValue);
        return Finding.of(
                Finding.Kind.NONE,
                statement.append('.').toString(),
                evidence,
                Select.from(TABLE)
                        .is("method", method)
                        .by("difference DESC NULLS LAST")
                        .text());
    }

    private static String listed(List<Looked> looked, boolean told) {
        return looked.stream()
                .filter(one -> one.told == told)
                .map(one -> one.property.attribute() + " = " + one.property.value()
                        + (Double.isNaN(one.separation)
                                ? " (too few images with and without it in one class)"
                                : String.format(Locale.ROOT, " (area under the curve %.2f)", one.separation)))
                .collect(Collectors.joining(", "));
    }
}
