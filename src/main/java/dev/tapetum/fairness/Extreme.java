package dev.tapetum.fairness;

import java.util.Arrays;
import java.util.List;

/**
 * How unlike all groups of an attribute (or crossing) are at once: one number of an attribute, in the row with the group {@code *}, over
 * its groups that have {@code min-group} units for every rate that is needed. With s, t and f the selection, true positive and false positive
 * rates of class C:
 *
 * <ul>
 *   <li>{@code demographic-parity-difference[C]}: max s − min s.
 *   <li>{@code demographic-parity-ratio[C]}: min s / max s; the four-fifths rule (29 CFR 1607.4 D) asks for 0.8. NaN when C is never
 *       predicted.
 *   <li>{@code equal-opportunity-difference[C]}: max t − min t (Hardt, Price and Srebro 2016).
 *   <li>{@code equalised-odds-difference[C]}: the larger of max t − min t and max f − min f.
 *   <li>{@code worst-group-accuracy}: the smallest accuracy over the cells label × group (Sagawa et al. 2020). The accuracy of a cell is the
 *       true positive rate of its label in its group, so the worst cell is the first row of
 *       {@code SELECT * FROM group_metrics WHERE metric LIKE 'true-positive-rate[%' AND attribute = 'site' AND `group` <> '*' AND
 *       clusters >= 30 ORDER BY value}.
 * </ul>
 *
 * <p>Fewer than two such groups: NaN; for the worst group, none.
 *
 * <p>Extremes of many estimates lie further apart than the extremes of what they estimate, the more so the smaller the groups: these numbers are
 * biased away from fairness. Four equal groups of 100 images with a rate of 0.3 have a difference of 0.09 on average, and its bootstrap
 * percentile interval never covers the true 0. So the interval is made of bounds that hold for all groups at once, {@link
 * dev.tapetum.stats.SimultaneousBounds}, which covers in at least the level of the run; there is no test, no gap and no finding. They are there to
 * be read, and for rules of the gate on values.
 *
 * @param kind which of them
 * @param classes the class, or all classes of the run
 * @param className the name of the class; empty for the one over all classes
 */
record Extreme(Kind kind, List<Integer> classes, String className) implements Metric {
    /** The numbers, by the name before the bracket. */
    enum Kind {
        DEMOGRAPHIC_PARITY_DIFFERENCE("demographic-parity-difference", Direction.LOWER_IS_BETTER),
        DEMOGRAPHIC_PARITY_RATIO("demographic-parity-ratio", Direction.HIGHER_IS_BETTER),
        EQUAL_OPPORTUNITY_DIFFERENCE("equal-opportunity-difference", Direction.LOWER_IS_BETTER),
        EQUALISED_ODDS_DIFFERENCE("equalised-odds-difference", Direction.LOWER_IS_BETTER),
        WORST_GROUP_ACCURACY("worst-group-accuracy", Direction.HIGHER_IS_BETTER);

        private final String text;
        private final Direction direction;

        Kind(String text, Direction direction) {
            this.text = text;
            this.direction = direction;
        }
    }

    Extreme {
        classes = List.copyOf(classes);
    }

    /** Those of a class. */
    static List<Extreme> ofClass(int index, String name) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind != Kind.WORST_GROUP_ACCURACY)
                .map(kind -> new Extreme(kind, List.of(index), name))
                .toList();
    }

    @Override
    public String name() {
        return kind.text + (kind == Kind.WORST_GROUP_ACCURACY ? "" : "[" + className + "]");
    }

    @Override
    public Family family() {
        return kind == Kind.WORST_GROUP_ACCURACY ? Family.OUTCOME : Family.CLASS_RATE;
    }

    @Override
    public Direction direction() {
        return kind.direction;
    }

    @Override
    public boolean comparable() {
        return false;
    }

    @Override
    public boolean isOfGroup() {
        return false;
    }

    /** The same number by another name; see {@link Metric#named}. */
    Extreme named(String other) {
        return new Extreme(kind, classes, other);
    }
}
