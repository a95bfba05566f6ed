package dev.tapetum.fairness;

import dev.tapetum.stats.BootstrapDistribution;
import dev.tapetum.stats.StatisticsSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Tests every property on every class in every group: is the mean expected gradient larger than the smallest effect of any
 * importance? That of a deterministic model is never exactly zero, so a test against zero would call everything significant once
 * there are enough images; the bound is what makes "not significant" possible and worth saying (a minimum-effect test, Murphy
 * and Myors 1999). All p-values of a run are one family for Benjamini and Hochberg.
 */
final class PropertyEffects {
    private final StatisticsSettings settings;
    private final GroupLayout layout;
    private final double minEffect;

    PropertyEffects(StatisticsSettings settings, GroupLayout layout, double minEffect) {
        this.settings = settings;
        this.layout = layout;
        this.minEffect = minEffect;
    }

    List<PropertyEffect> all(SortedMap<Group, GroupState> groups, GroupState whole) {
        List<PropertyEffect> effects = new ArrayList<>(of(Group.WHOLE, whole));
        // Replicates are made on all cores, and told in the order of the groups.
        groups.entrySet().parallelStream()
                .filter(group ->
                        !group.getKey().equals(Group.WHOLE) && !group.getKey().isOfTarget(layout))
                .map(group -> of(group.getKey(), group.getValue()))
                .toList()
                .forEach(effects::addAll);
        return PropertyEffect.corrected(effects, settings);
    }

    private List<PropertyEffect> of(Group group, GroupState state) {
        TreeSet<String> names = new TreeSet<>();
        state.summaryNames().forEach(names::add);
        List<PropertyEffect> effects = new ArrayList<>();
        for (String name : names) {
            ResponseMeasure measure = ResponseMeasure.of(name);
            if (measure != null && measure.measure().equals(ResponseMeasure.EXPECTED_GRADIENT)) {
                effects.add(effect(measure, group, state));
            }
        }

        state.forget();
        return effects;
    }

    private PropertyEffect effect(ResponseMeasure measure, Group group, GroupState state) {
        BootstrapDistribution expected = mean(measure, ResponseMeasure.EXPECTED_GRADIENT, state);
        BootstrapDistribution signed = mean(measure, ResponseMeasure.SIGNED_GRADIENT, state);
        SummaryState answered = summary(measure, ResponseMeasure.EXPECTED_GRADIENT, state);
        boolean enough = answered.effectiveUnits() >= settings.minGroup();
        return new PropertyEffect(
                measure.subject(),
                measure.target(),
                group,
                answered.n(),
                answered.units(),
                expected.value(),
                expected.percentile(settings.confidence()),
                signed.value(),
                signed.percentile(settings.confidence()),
                mean(measure, ResponseMeasure.FLIP_RATE, state).value(),
                enough ? expected.pValueAbove(minEffect, settings.confidence()) : Double.NaN,
                Double.NaN);
    }

    private static BootstrapDistribution mean(ResponseMeasure of, String measure, GroupState state) {
        return summary(of, measure, state).mean();
    }

    private static SummaryState summary(ResponseMeasure of, String measure, GroupState state) {
        return state.ofSummary(new ResponseMeasure(measure, of.subject(), of.target()).summary());
    }
}
