package dev.tapetum.fairness;

import dev.tapetum.stats.BootstrapDistribution;
import dev.tapetum.stats.Interval;
import dev.tapetum.stats.SimultaneousBounds;
import dev.tapetum.stats.StatisticsSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The {@link Extreme}s of the groups of one partition, class by class: the replicates of all classes at once would be gigabytes. */
final class PartitionExtremes {
    private final StatisticsSettings settings;
    private final GroupLayout layout;
    private final Group all;
    private final SortedMap<Group, GroupState> groups;

    /** @param groups the groups of the partition */
    PartitionExtremes(
            StatisticsSettings settings, GroupLayout layout, Partition partition, SortedMap<Group, GroupState> groups) {
        this.settings = settings;
        this.layout = layout;
        this.all = Group.overAll(partition.name());
        this.groups = groups;
    }

    /** Rows of these metrics, in their order; one that runs over the classes comes before those of the first class. */
    List<GroupMetric> rows(List<Extreme> metrics) {
        List<GroupMetric> rows = new ArrayList<>();
        OfClass known = null;
        for (Extreme metric : metrics) {
            if (metric.kind() == Extreme.Kind.WORST_GROUP_ACCURACY) {
                rows.add(worst(metric));
                continue;
            }

            int index = metric.classes().get(0);
            if (known == null || known.index != index) {
                known = new OfClass(index, metric.className());
            }

            rows.add(known.row(metric));
        }

        return rows;
    }

    /** A rate of all groups that have enough units for it. */
    private final class Rates {
        private final List<BootstrapDistribution> replicated = new ArrayList<>();
        private final List<Double> values = new ArrayList<>();
        private long n;
        private long units;

        Rates(Rate rate) {
            GapEstimator estimator = GapEstimator.of(rate, settings, layout.clustered());
            for (Map.Entry<Group, GroupState> entry : groups.entrySet()) {
                GroupState state = entry.getValue();
                if (estimator.effectiveUnits(state) >= settings.minGroup()) {
                    n += estimator.n(state);
                    units += estimator.units(state);
                    values.add(estimator.value(state));
                    BootstrapDistribution distribution = estimator.distribution(
                            state,
                            "extreme " + rate.name() + " | " + entry.getKey().value() + " | " + all.attribute());
                    if (distribution != null) {
                        replicated.add(distribution);
                    }
                }
            }
        }

        boolean areReplicated() {
            return replicated.size() == values.size();
        }

        double highest() {
            return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        }

        double lowest() {
            return values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
        }

        double range() {
            return values.size() < 2 ? Double.NaN : highest() - lowest();
        }
    }

    private final class OfClass {
        private final int index;
        private final String name;
        private @Nullable Rates selection;
        private @Nullable Rates truePositives;
        private @Nullable Rates falsePositives;

        OfClass(int index, String name) {
            this.index = index;
            this.name = name;
        }

        GroupMetric row(Extreme metric) {
            return switch (metric.kind()) {
                case DEMOGRAPHIC_PARITY_DIFFERENCE -> difference(metric, selection());
                case DEMOGRAPHIC_PARITY_RATIO -> ratio(metric, selection());
                case EQUAL_OPPORTUNITY_DIFFERENCE -> difference(metric, truePositives());
                case EQUALISED_ODDS_DIFFERENCE -> odds(metric, truePositives(), falsePositives());
                case WORST_GROUP_ACCURACY -> throw new IllegalArgumentException(metric.name() + " is of no class");
            };
        }

        private Rates selection() {
            Rates rates = selection;
            if (rates == null) {
                rates = new Rates(Rate.selection(index, name));
                selection = rates;
            }

            return rates;
        }

        private Rates truePositives() {
            Rates rates = truePositives;
            if (rates == null) {
                rates = new Rates(Rate.truePositives(index, name));
                truePositives = rates;
            }

            return rates;
        }

        private Rates falsePositives() {
            Rates rates = falsePositives;
            if (rates == null) {
                rates = new Rates(Rate.falsePositives(index, name));
                falsePositives = rates;
            }

            return rates;
        }
    }

    private GroupMetric difference(Extreme metric, Rates rates) {
        return row(metric, rates.n, rates.units, rates.range(), range(List.of(rates)));
    }

    private GroupMetric odds(Extreme metric, Rates truePositives, Rates falsePositives) {
        return row(
                metric,
                truePositives.n + falsePositives.n,
                truePositives.units + falsePositives.units,
                // NaN if one is.
                Math.max(truePositives.range(), falsePositives.range()),
                range(List.of(truePositives, falsePositives)));
    }

    private Interval range(List<Rates> families) {
        return families.stream().allMatch(Rates::areReplicated)
                ? SimultaneousBounds.range(
                                families.stream().map(rates -> rates.replicated).toList(), settings.confidence())
                        .clip(0, 1)
                : Interval.NONE;
    }

    private GroupMetric ratio(Extreme metric, Rates rates) {
        boolean defined = rates.values.size() > 1 && rates.highest() > 0;
        return row(
                metric,
                rates.n,
                rates.units,
                defined ? rates.lowest() / rates.highest() : Double.NaN,
                rates.areReplicated()
                        ? SimultaneousBounds.ratio(rates.replicated, settings.confidence())
                        : Interval.NONE);
    }

    private GroupMetric worst(Extreme metric) {
        SimultaneousBounds.Smallest bounds = new SimultaneousBounds.Smallest(settings.confidence());
        double worst = Double.NaN;
        long n = 0;
        long units = 0;
        boolean replicated = true;
        for (int index : metric.classes()) {
            Rate rate = Rate.truePositives(index, layout.classes().get(index));
            GapEstimator estimator = GapEstimator.of(rate, settings, layout.clustered());
            for (GroupState state : groups.values()) {
                if (estimator.effectiveUnits(state) >= settings.minGroup()) {
                    double value = estimator.value(state);
                    if (!(value >= worst)) {
                        worst = value;
                        n = estimator.n(state);
                        units = estimator.units(state);
                    }
                }
            }

            Rates cells = new Rates(rate);
            replicated &= cells.areReplicated();
            cells.replicated.forEach(bounds::add);
        }

        return row(metric, n, units, worst, replicated ? bounds.interval() : Interval.NONE);
    }

    private GroupMetric row(Extreme metric, long n, long units, double value, Interval interval) {
        return new GroupMetric(
                metric, all, n, units, value, Double.isNaN(value) ? Interval.NONE : interval, settings.confidence());
    }
}
