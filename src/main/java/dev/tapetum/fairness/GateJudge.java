package dev.tapetum.fairness;

import dev.tapetum.stats.Interval;
import dev.tapetum.stats.StatisticsSettings;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the rules of a gate on the statistics of one run; {@link GateVerdict} says how. */
final class GateJudge {
    private static final String NO_BASELINE =
            "there is no accepted run to compare with; 'tapetum accept OUT --run ID' makes one";

    private final RunStatistics run;
    private final StatisticsSettings settings;
    private final NoEvidence noEvidence;
    private final Mirrors mirrors;

    GateJudge(RunStatistics run, StatisticsSettings settings) {
        this.run = run;
        this.settings = settings;
        this.noEvidence = NoEvidence.of(run.trust());
        this.mirrors = Mirrors.of(run.gaps());
    }

    GateVerdict verdict(Gate rule) {
        return switch (rule.limit()) {
            case MAX_GAP -> gap(rule);
            case MIN_VALUE, MAX_VALUE -> value(rule);
            case MAX_CHANGE -> change(rule);
        };
    }

    private GateVerdict gap(Gate rule) {
        Gap worst = run.gaps().stream()
                .filter(gap -> rule.covers(gap.metric(), gap.group()))
                .max(Comparator.comparing((Gap gap) -> status(rule, gap))
                        .thenComparing(gap -> !mirrors.has(gap))
                        .thenComparingDouble(gap -> size(gap.difference())))
                .orElse(null);
        if (worst == null) {
            GateVerdict missing = Missing.verdict(rule, run.metrics());
            return missing == null
                    ? undecided(rule, rule.subject() + " cannot be compared: there are no two groups.", null)
                    : missing;
        }

        Evidence decided = Evidence.of(worst);
        ExplanationTrust distrusted = noEvidence.about(worst);
        if (distrusted != null) {
            return undecided(rule, distrusted, decided);
        }

        GateStatus status = status(rule, worst);
        String limit = Wording.size(worst.metric(), rule.bound());
        String fact = Wording.sentence(worst, settings);
        return switch (status) {
            case FAIL -> failed(rule, fact + "; at most " + limit + " is allowed.", decided);
            case PASS ->
                new GateVerdict(
                        rule,
                        status,
                        rule.group() == null
                                ? "Passed: no group of " + rule.attribute() + " differs by more than " + limit
                                        + "; the largest gap: " + fact + "."
                                : "Passed: " + fact + "; at most " + limit + " is allowed.",
                        decided);
            case UNDECIDED -> undecided(rule, fact + "; " + whyNot(rule, worst, limit) + ".", decided);
        };
    }

    private String whyNot(Gate rule, Gap gap, String limit) {
        if (gap.untested()
                || Double.isNaN(gap.difference())
                || Double.isNaN(gap.interval().low())) {
            return Wording.whyNot(gap, settings);
        } else if (gap.established(settings.falseDiscoveryRate())) {
            return "it may be more or less than the " + limit + " that are allowed";
        }

        return isBeyond(gap.interval(), -rule.bound(), rule.bound())
                ? Wording.notAmong(corrected(gap), settings) + ", and at most " + limit + " is allowed"
                : Wording.whyNot(gap, settings);
    }

    /** How many gaps are corrected together with this one. */
    private long corrected(Gap gap) {
        return run.gaps().stream()
                .filter(other -> !other.untested()
                        && other.group().isCrossing() == gap.group().isCrossing())
                .count();
    }

    /** What a rule about gaps says of one of them. */
    GateStatus status(Gate rule, Gap gap) {
        boolean testable = noEvidence.about(gap) == null && !gap.untested() && !Double.isNaN(gap.difference());
        return testable
                ? ofDifference(
                        gap.interval(), -rule.bound(), rule.bound(), gap.established(settings.falseDiscoveryRate()))
                : GateStatus.UNDECIDED;
    }

    private static GateStatus ofDifference(Interval interval, double low, double high, boolean established) {
        if (interval.within(low, high)) {
            return GateStatus.PASS;
        }

        return isBeyond(interval, low, high) && established ? GateStatus.FAIL : GateStatus.UNDECIDED;
    }

    private static boolean isBeyond(Interval interval, double low, double high) {
        return interval.low() > high || interval.high() < low;
    }

    private GateVerdict value(Gate rule) {
        List<GroupMetric> judged = run.metrics().stream()
                .filter(metric -> rule.covers(metric.metric(), metric.group()))
                .toList();
        GroupMetric worst = judged.stream()
                .max(Comparator.comparing((GroupMetric metric) -> status(rule, metric))
                        .thenComparingDouble(metric -> badness(rule, metric.value())))
                .orElse(null);
        if (worst == null) {
            GateVerdict missing = Missing.verdict(rule, run.metrics());
            return missing == null ? undecided(rule, rule.subject() + " has no value.", null) : missing;
        }

        Evidence decided = Evidence.of(worst);
        ExplanationTrust distrusted = noEvidence.aboutValue(worst.metric());
        if (distrusted != null) {
            return undecided(rule, distrusted, decided);
        }

        GateStatus status = status(rule, worst);
        String fact = Wording.sentence(worst, settings);
        String bound = Wording.value(worst.metric(), rule.bound());
        String limit = rule.limit() == Gate.Limit.MIN_VALUE
                ? "at least " + bound + " is required"
                : "at most " + bound + " is allowed";
        String each = judged.size() == 1
                ? ""
                : "; each of the " + judged.size() + " values is judged by its own "
                        + Wording.percent(settings.confidence()) + " interval";
        return switch (status) {
            case FAIL -> failed(rule, fact + "; " + limit + each + ".", decided);
            case PASS ->
                new GateVerdict(
                        rule,
                        status,
                        "Passed: " + fact + (judged.size() == 1 ? "" : ", and no other is nearer to the limit") + "; "
                                + limit + each + ".",
                        decided);
            case UNDECIDED -> undecided(rule, fact + "; " + whyNot(worst) + ": " + limit + each + ".", decided);
        };
    }

    private String whyNot(GroupMetric metric) {
        if (Double.isNaN(metric.value())) {
            return "there is nothing to judge";
        } else if (few(metric)) {
            return metric.clusters() + " independent images are fewer than the min-group of " + settings.minGroup();
        }

        return Double.isNaN(metric.interval().low())
                ? "there is no interval to judge it by"
                : "the limit lies within the interval";
    }

    private boolean few(GroupMetric metric) {
        return metric.clusters() < settings.minGroup();
    }

    private GateStatus status(Gate rule, GroupMetric metric) {
        Interval interval = metric.interval();
        if (noEvidence.aboutValue(metric.metric()) != null || few(metric) || Double.isNaN(interval.low())) {
            return GateStatus.UNDECIDED;
        }

        boolean least = rule.limit() == Gate.Limit.MIN_VALUE;
        boolean keeps = least ? interval.low() >= rule.bound() : interval.high() <= rule.bound();
        boolean beyond = least ? interval.high() < rule.bound() : interval.low() > rule.bound();
        return keeps ? GateStatus.PASS : beyond ? GateStatus.FAIL : GateStatus.UNDECIDED;
    }

    /** Larger for values nearer to the limit or farther beyond it; a value that is none is no worst one. */
    private static double badness(Gate rule, double value) {
        return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : rule.limit() == Gate.Limit.MIN_VALUE ? -value : value;
    }

    private GateVerdict change(Gate rule) {
        List<Change> changes = run.changes();
        if (changes == null) {
            GateVerdict missing = Change.isOnlyOfChanges(rule.metric()) ? null : Missing.verdict(rule, run.metrics());
            return missing == null ? undecided(rule, rule.subject() + ": " + NO_BASELINE + ".", null) : missing;
        }

        Change worst = changes.stream()
                .filter(change -> rule.covers(change.statistic(), change.group()))
                .max(Comparator.comparing((Change change) -> status(rule, change))
                        .thenComparingDouble(GateJudge::worsening))
                .orElse(null);
        if (worst == null) {
            return failed(
                    rule, rule.subject() + ": there is no such metric in the comparison with the baseline run.", null);
        }

        Evidence decided = Evidence.of(worst);
        ExplanationTrust distrusted = noEvidence.aboutValue(worst.statistic());
        if (distrusted != null) {
            return undecided(rule, distrusted, decided);
        }

        GateStatus status = status(rule, worst);
        String fact = Wording.sentence(worst, settings);
        String limit = "at most " + Wording.size(worst.statistic(), rule.bound())
                + (worst.statistic().direction() == Direction.NEITHER ? " of change" : " of worsening") + " is allowed";
        return switch (status) {
            case FAIL -> failed(rule, fact + "; " + limit + ".", decided);
            case PASS -> new GateVerdict(rule, status, "Passed: " + fact + "; " + limit + ".", decided);
            case UNDECIDED -> undecided(rule, fact + "; " + whyNot(rule, worst, changes, limit) + ".", decided);
        };
    }

    private String whyNot(Gate rule, Change change, List<Change> changes, String limit) {
        // What only describes has no test by its nature.
        if (Double.isNaN(change.interval().low()) || (change.untested() && !change.isOnlyDescribed())) {
            return Wording.images(change.n()) + " in both runs are too few for a verdict";
        }

        // Established or not asked to be, it would have failed.
        return isBeyond(change.interval(), low(rule, change), high(rule, change))
                ? Wording.notAmong(
                                changes.stream()
                                        .filter(other -> !other.untested())
                                        .count(),
                                settings)
                        + ", and " + limit
                : "the interval is too wide to tell whether it is more than the limit, for " + limit;
    }

    /** How much worse; either way for a metric without a better side. */
    private static double worsening(Change change) {
        double difference = change.difference();
        return Double.isNaN(difference)
                ? -1
                : switch (change.statistic().direction()) {
                    case HIGHER_IS_BETTER -> -difference;
                    case LOWER_IS_BETTER -> difference;
                    case NEITHER -> Math.abs(difference);
                };
    }

    private GateStatus status(Gate rule, Change change) {
        if (noEvidence.aboutValue(change.statistic()) != null
                || (change.untested() && !change.isOnlyDescribed())
                || Double.isNaN(change.difference())) {
            return GateStatus.UNDECIDED;
        }

        return ofDifference(
                change.interval(),
                low(rule, change),
                high(rule, change),
                change.isOnlyDescribed() || change.established(settings.falseDiscoveryRate()));
    }

    private static double low(Gate rule, Change change) {
        return change.statistic().direction() == Direction.LOWER_IS_BETTER ? Double.NEGATIVE_INFINITY : -rule.bound();
    }

    private static double high(Gate rule, Change change) {
        return change.statistic().direction() == Direction.HIGHER_IS_BETTER ? Double.POSITIVE_INFINITY : rule.bound();
    }

    private static double size(double difference) {
        return Double.isNaN(difference) ? -1 : Math.abs(difference);
    }

    static GateVerdict failed(Gate rule, String why, @Nullable Evidence decided) {
        return new GateVerdict(rule, GateStatus.FAIL, "Failed: " + why, decided);
    }

    static GateVerdict undecided(Gate rule, String why, @Nullable Evidence decided) {
        return new GateVerdict(rule, GateStatus.UNDECIDED, "Undecided: " + why, decided);
    }

    private static GateVerdict undecided(Gate rule, ExplanationTrust distrusted, Evidence decided) {
        return undecided(rule, distrusted.method() + " is not evidence: " + distrusted.why() + ".", decided);
    }
}
