package dev.tapetum.report;

import dev.tapetum.fairness.Select;
import dev.tapetum.table.DoseResponseRow;
import dev.tapetum.table.EditedImageRow;
import dev.tapetum.table.GroupMetricRow;
import dev.tapetum.table.PropertyEffectRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes what interventions told: which properties matter, how the class answers at each strength in each group, and the
 * edited pictures of a few images.
 */
final class InterventionPart {
    /** The most curves of a chart beside that of all images. */
    static final int MOST_GROUPS = 6;

    /** The most points of a curve: its steps at even distances. */
    static final int MOST_STEPS = 21;

    /** The most points of all curves: a page of which pictures take their share has room for no more. */
    private static final int MOST_POINTS = 2400;

    private static final int MOST_ATTRIBUTES = 5;
    private static final int OPEN = 2;
    private static final int DECIMALS_DRAWN = 3;

    private record Key(String attribute, String group, int step) {}

    private final Report report;
    private final Interventions interventions;

    private InterventionPart(Report report) {
        this.report = report;
        this.interventions = report.interventions();
    }

    /** @param strips writes the pictures of one property */
    static Page.Intervened of(Report report, Gaps gaps, Function<List<EditedImageRow>, List<Page.Strip>> strips) {
        return new InterventionPart(report).part(CorruptionPart.of(report, gaps), strips);
    }

    /** A class that is followed, as it may stand after "of". */
    static String named(String target) {
        return target.equals(GroupMetricRow.WHOLE) ? "each image's own class" : target;
    }

    private Page.Intervened part(
            Page.Corruptions corruptions, Function<List<EditedImageRow>, List<Page.Strip>> strips) {
        List<Interventions.Property> properties = interventions.properties();
        List<Interventions.Property> shown = properties.stream()
                .filter(property ->
                        !property.curves().isEmpty() || !property.strips().isEmpty())
                .toList();
        List<List<Page.Attribute>> curves = curves(shown);
        List<Page.Property> drawn = new ArrayList<>();

        for (int i = 0; i < shown.size(); i++) {
            Interventions.Property property = shown.get(i);
            drawn.add(new Page.Property(
                    effect(property.effect()),
                    i < OPEN,
                    "mean probability of " + named(property.effect().target()),
                    curves.get(i),
                    curves.get(i).size() < attributes(property).size(),
                    strips.apply(property.strips()),
                    sql(property, curves.get(i))));
        }

        return new Page.Intervened(
                images(),
                interventions.followed(),
                interventions.remarks().classes(),
                properties.isEmpty()
                        ? ""
                        : Numbers.brief(properties.get(0).effect().minEffect()),
                properties.stream().map(property -> effect(property.effect())).toList(),
                interventions.left(),
                properties.stream()
                        .flatMap(property -> property.others().stream())
                        .map(this::effect)
                        .toList(),
                drawn,
                corruptions,
                Select.from("property_effects")
                        .in(
                                "editor",
                                properties.stream()
                                        .map(property -> property.effect().editor())
                                        .toList())
                        .is("attribute", GroupMetricRow.WHOLE)
                        .by("q_value, expected_gradient DESC")
                        .text());
    }

    /** What is drawn and told of one property. */
    private static List<String> sql(Interventions.Property property, List<Page.Attribute> curves) {
        PropertyEffectRow effect = property.effect();
        List<String> sql = new ArrayList<>();
        List<String> attributes = new ArrayList<>(List.of(GroupMetricRow.WHOLE));
        curves.stream()
                .map(Page.Attribute::name)
                .filter(name -> !name.isEmpty())
                .forEach(attributes::add);
        if (!property.curves().isEmpty()) {
            sql.add(Select.from("dose_responses")
                    .is("editor", effect.editor())
                    .is("target", effect.target())
                    .in("attribute", attributes)
                    .by("attribute, `group`, step")
                    .text());
            sql.add(Select.from("property_effects")
                    .is("editor", effect.editor())
                    .is("target", effect.target())
                    .in("attribute", attributes)
                    .by("attribute, `group`")
                    .text());
        }

        if (!property.strips().isEmpty()) {
            sql.add(Select.from("edited_images")
                    .is("editor", effect.editor())
                    .by("image_id, step")
                    .text());
        }

        return sql;
    }

    private String images() {
        long edited = interventions.images();
        long scored = report.run().imagesOk();

        return edited == 0
                ? ""
                : edited == scored
                        ? "Every scored image was edited (" + Numbers.count(edited) + ")"
                        : Numbers.count(edited) + " of " + Numbers.of(scored, "scored image")
                                + (edited == 1 ? " was" : " were") + " edited";
    }

    private Page.Effect effect(PropertyEffectRow row) {
        boolean whole = row.attribute().equals(GroupMetricRow.WHOLE);
        double gradient = Numbers.orNaN(row.expectedGradient());
        double low = Numbers.orNaN(row.ciLow());
        double high = Numbers.orNaN(row.ciHigh());
        double signed = Numbers.orNaN(row.signedGradient());
        double signedLow = Numbers.orNaN(row.signedCiLow());
        double signedHigh = Numbers.orNaN(row.signedCiHigh());
        DoubleFunction<String> text = Numbers.alike(gradient, low, high, signed, signedLow, signedHigh);
        boolean tested = Double.isFinite(Numbers.orNaN(row.qValue()));
        boolean matters = tested
                && Numbers.orNaN(row.qValue()) <= report.statistics().falseDiscoveryRate()
                && gradient > row.minEffect();

        return new Page.Effect(
                row.property(),
                row.editor(),
                named(row.target()),
                whole ? "" : row.attribute(),
                whole ? "all images" : row.group(),
                whole ? "whole" : tested ? "open" : "small",
                Numbers.count(row.n()),
                text.apply(gradient),
                range(low, high, text),
                text.apply(signed),
                range(signedLow, signedHigh, text),
                signedLow > 0
                        ? "raises"
                        : signedHigh < 0 ? "lowers" : Double.isFinite(signedLow) ? "no clear direction" : "",
                Numbers.percent(Numbers.orNaN(row.flipRate())),
                Numbers.q(Numbers.orNaN(row.qValue())),
                matters
                        ? "matters"
                        : tested ? "no effect above " + Numbers.brief(row.minEffect()) + " established" : untested(row),
                matters);
    }

    /** Why there is no verdict; images that are of few units, or of which a few count for most, are too few however many. */
    private String untested(PropertyEffectRow row) {
        if (row.clusters() < row.n()) {
            return "too few independent units (" + Numbers.count(row.clusters()) + ")";
        }

        return row.n() < report.statistics().minGroup() ? "too few images" : "a few images count for too much";
    }

    private static String range(double low, double high, DoubleFunction<String> text) {
        return Double.isFinite(low) ? text.apply(low) + " to " + text.apply(high) : "";
    }

    /** The curves of each property, by attribute: all properties get one attribute before any gets two, while there is room. */
    private List<List<Page.Attribute>> curves(List<Interventions.Property> properties) {
        List<List<Page.Attribute>> curves = new ArrayList<>();
        properties.forEach(property -> curves.add(new ArrayList<>()));
        int room = MOST_POINTS;

        for (int round = 0; round < MOST_ATTRIBUTES; round++) {
            for (int i = 0; i < properties.size(); i++) {
                List<String> attributes = attributes(properties.get(i));

                if (round < attributes.size() && room > 0) {
                    Page.Attribute drawn = attribute(properties.get(i), attributes.get(round));
                    room -= drawn.series().size() * drawn.steps().size();
                    curves.get(i).add(drawn);
                }
            }
        }

        return curves;
    }

    /** The attributes whose groups have curves; one without a name where there is only the curve of all images. */
    private static List<String> attributes(Interventions.Property property) {
        Set<String> names = new LinkedHashSet<>();
        property.curves().forEach(point -> names.add(point.attribute()));

        if (names.size() > 1) {
            names.remove(GroupMetricRow.WHOLE);
        }

        return names.stream()
                .map(name -> name.equals(GroupMetricRow.WHOLE) ? "" : name)
                .toList();
    }

    /** The curves of all images and of the largest groups of an attribute. */
    private Page.Attribute attribute(Interventions.Property property, String attribute) {
        Map<Key, DoseResponseRow> points = new HashMap<>();
        Map<String, Long> sizes = new LinkedHashMap<>();
        TreeMap<Integer, Double> strengths = new TreeMap<>();

        for (DoseResponseRow point : property.curves()) {
            points.put(new Key(point.attribute(), point.group(), point.step()), point);

            if (point.attribute().equals(GroupMetricRow.WHOLE)) {
                strengths.put(point.step(), point.strength());
            } else if (point.attribute().equals(attribute)) {
                strengths.putIfAbsent(point.step(), point.strength());
                sizes.merge(point.group(), point.n(), Math::max);
            }
        }

        List<String> largest = sizes.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_GROUPS)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        List<String> series = new ArrayList<>(List.of("all images"));
        series.addAll(largest);
        List<Page.Effect> effects = new ArrayList<>(List.of(effect(property.effect())));
        property.groups().stream()
                .filter(row -> row.attribute().equals(attribute))
                .map(this::effect)
                .forEach(effects::add);

        return new Page.Attribute(
                attribute,
                effects,
                series,
                StripPart.evenly(List.copyOf(strengths.entrySet()), MOST_STEPS).stream()
                        .map(step -> step(step.getKey(), step.getValue(), attribute, largest, points))
                        .toList());
    }

    private static Page.Step step(
            int step, double strength, String attribute, List<String> groups, Map<Key, DoseResponseRow> points) {
        List<Page.Point> cells = new ArrayList<>();
        cells.add(point(points.get(new Key(GroupMetricRow.WHOLE, GroupMetricRow.WHOLE, step)), strength));
        groups.forEach(group -> cells.add(point(points.get(new Key(attribute, group, step)), strength)));

        return new Page.Step(Numbers.brief(strength), Double.toString(strength), cells);
    }

    private static Page.Point point(@Nullable DoseResponseRow row, double strength) {
        if (row == null || !Double.isFinite(row.value())) {
            return Page.Point.NONE;
        }

        double low = Numbers.orNaN(row.ciLow());
        double high = Numbers.orNaN(row.ciHigh());

        return new Page.Point(
                Numbers.percent(row.value()),
                range(low, high, Numbers::percent),
                Numbers.count(row.n()),
                row.strength() == strength ? null : Double.toString(row.strength()),
                plotted(row.value()),
                plotted(low),
                plotted(high));
    }

    /** A share in per cent, as fine as a chart can show it. */
    private static @Nullable String plotted(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%." + DECIMALS_DRAWN + "f", 100 * share) : null;
    }
}
