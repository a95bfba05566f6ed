package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.stats.Interval;
import dev.tapetum.stats.IntervalMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateVerdictTest {
    private static final Gate RULE = new Gate("accuracy", "site", 0.05);

    static Gap gap(Metric metric, String attribute, String value, double difference, double half, double p, double q) {
        Interval interval = Double.isNaN(half)
                ? Interval.NONE
                : new Interval(difference - half, difference + half, IntervalMethod.CONTINGENCY_BCA);
        return new Gap(
                metric,
                new Group(attribute, value),
                Gap.OTHERS,
                500,
                1500,
                0.9 + difference,
                0.9,
                difference,
                1 + difference / 0.9,
                interval,
                p,
                q,
                Double.isNaN(half) ? 0.2 : 1.43 * half,
                difference / 0.3);
    }

    private static Gap accuracy(String site, double difference, double half, double p, double q) {
        return gap(Rate.accuracy(), "site", site, difference, half, p, q);
    }

    static GroupMetric value(Metric metric, Group group, double low, double high) {
        return new GroupMetric(
                metric, group, 500, 500, (low + high) / 2, new Interval(low, high, IntervalMethod.WILSON), 0.95);
    }

    private static GroupMetric accuracy(Group group, double low, double high) {
        return value(Rate.accuracy(), group, low, high);
    }

    static RunStatistics run(List<GroupMetric> metrics, List<Gap> gaps, @Nullable List<Change> changes) {
        return new RunStatistics(metrics, gaps, List.of(), new TrustLimits(0.5, 0.1, false), changes);
    }

    /** A rule about values or changes. */
    private static Gate rule(String limits) {
        return switch (limits.split(" ")[0]) {
            case "min" -> gate("accuracy", null, null, value(limits), null, null);
            case "max" -> gate("accuracy", null, null, null, value(limits), null);
            default -> gate("accuracy", null, null, null, null, value(limits));
        };
    }

    private static double value(String limits) {
        return Double.parseDouble(limits.split(" ")[1]);
    }

    static Gate gate(
            String metric,
            @Nullable String attribute,
            @Nullable String group,
            @Nullable Double min,
            @Nullable Double max,
            @Nullable Double change) {
        return new Gate(metric, attribute, group, null, min, max, change, null, null);
    }

    private static Gate with(Gate rule, Gate.Level level, Gate.Undecided undecided) {
        return new Gate(
                rule.metric(),
                rule.attribute(),
                rule.group(),
                rule.maxGap(),
                rule.minValue(),
                rule.maxValue(),
                rule.maxChange(),
                level,
                undecided);
    }

    @ParameterizedTest
    @CsvSource({
        "-0.142, 0.03, 0.0001, 0.001, FAIL",
        "0.142, 0.03, 0.0001, 0.001, FAIL", // better by more than allowed is a gap as well
        "-0.142, 0.15, 0.06, 0.2, UNDECIDED", // large, but chance may be the reason
        "-0.08, 0.02, 0.0001, 0.051, UNDECIDED", // wholly beyond, but one of many looks at the data
        "-0.06, 0.02, 0.001, 0.049, UNDECIDED", // established, but from 4 to 8 points, of which 5 are allowed
        "-0.03, 0.01, 0.001, 0.002, PASS", // established, but within what is allowed
        "-0.01, 0.03, 0.5, 0.8, PASS", // the whole interval lies within
        "-0.04, 0.03, 0.01, 0.08, UNDECIDED", // from 1 to 7 points
        "-0.01, 0.09, 0.8, 0.9, UNDECIDED", // nothing found, and nothing could have been
        "-0.01, NaN, NaN, NaN, UNDECIDED", // below min-group
        "NaN, NaN, NaN, NaN, UNDECIDED"
    })
    void aGapFailsOnlyWhenAllOfItsIntervalIsTooLargeAndItIsEstablished(
            double difference, double half, double p, double q, GateStatus status) {
        GateVerdict verdict = verdict(RULE, List.of(accuracy("B", difference, half, p, q)));

        assertThat(verdict.status()).isEqualTo(status);
    }

    /** Of exact binary numbers, so that the ends are the limit itself. */
    @ParameterizedTest
    @CsvSource({"-0.0625, 0.0625, PASS", "-0.1875, 0.0625, UNDECIDED", "-0.25, 0.0625, FAIL"})
    void aGapThatEndsAtTheLimitKeepsIt(double difference, double half, GateStatus status) {
        Gate rule = new Gate("accuracy", "site", 0.125);

        assertThat(verdict(rule, List.of(accuracy("B", difference, half, 0.0001, 0.001)))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void theWorstGapDecidesAndIsNamed() {
        Gap failed = accuracy("B", -0.142, 0.031, 0.0001, 0.0012);
        GateVerdict verdict = verdict(
                RULE,
                List.of(
                        accuracy("A", 0.09, 0.02, 0.0001, 0.001),
                        failed,
                        accuracy("C", -0.4, Double.NaN, Double.NaN, Double.NaN),
                        gap(Rate.accuracy(), "vendor", "x", -0.5, 0.01, 0.0001, 0.001),
                        gap(Rate.rejects(), "site", "B", 0.5, 0.01, 0.0001, 0.001)));

        assertThat(verdict.decided()).isEqualTo(Evidence.of(failed));
        assertThat(verdict.statement())
                .isEqualTo(
                        "Failed: accuracy at site = B is 14.2 points lower than elsewhere (95% interval 11.1 to 17.3,"
                                + " q = 0.001); at most 5.0 points is allowed.");
    }

    @ParameterizedTest
    @CsvSource({"A, B", "B, A"})
    void ofTwoGroupsTheOneThatIsWorseOffIsNamed(String worse, String better) {
        List<Gap> gaps = List.of(
                accuracy("A", worse.equals("A") ? -0.14 : 0.14, 0.03, 0.0001, 0.001),
                accuracy("B", worse.equals("B") ? -0.14 : 0.14, 0.03, 0.0001, 0.001));

        assertThat(verdict(RULE, gaps).statement())
                .startsWith("Failed: accuracy at site = " + worse + " is 14.0 points lower than elsewhere")
                .doesNotContain("site = " + better);
    }

    @Test
    void aMirroredGapDecidesWhenItAloneFails() {
        List<Gap> gaps = List.of(accuracy("A", -0.14, 0.14, 0.04, 0.051), accuracy("B", 0.14, 0.08, 0.03, 0.049));

        assertThat(verdict(RULE, gaps).status()).isEqualTo(GateStatus.FAIL);
    }

    @Test
    void aSmallGroupIsTheReasonForNoVerdict() {
        GateVerdict verdict = verdict(
                RULE,
                List.of(accuracy("A", 0.01, 0.02, 0.3, 0.4), accuracy("C", -0.3, Double.NaN, Double.NaN, Double.NaN)));

        assertThat(verdict.status()).isEqualTo(GateStatus.UNDECIDED);
        assertThat(verdict.statement())
                .isEqualTo("Undecided: accuracy at site = C is 30.0 points lower than elsewhere; it has fewer than 30"
                        + " units (500 images against 1500), which could only show a gap of 20.0 points or more.");
    }

    @Test
    void anIntervalAcrossTheLimitSaysSo() {
        assertThat(verdict(RULE, List.of(accuracy("A", -0.06, 0.02, 0.001, 0.049)))
                        .statement())
                .isEqualTo(
                        "Undecided: accuracy at site = A is 6.0 points lower than elsewhere (95% interval 4.0 to 8.0,"
                                + " q = 0.049); it may be more or less than the 5.0 points that are allowed.");
    }

    @Test
    void anIntervalBeyondTheLimitThatManyComparisonsLeaveOpenSaysSo() {
        List<Gap> gaps = List.of(
                accuracy("A", -0.08, 0.02, 0.001, 0.051),
                accuracy("B", 0.01, 0.02, 0.3, 0.4),
                accuracy("C", 0.01, Double.NaN, Double.NaN, Double.NaN),
                gap(Rate.accuracy(), "site × vendor", "A × x", 0.01, 0.02, 0.3, 0.4));

        assertThat(verdict(RULE, gaps.subList(0, 2)).statement())
                .isEqualTo(
                        "Undecided: accuracy at site = A is 8.0 points lower than elsewhere (95% interval 6.0 to 10.0,"
                                + " q = 0.051); its whole interval lies beyond the limit, but after the correction for 2"
                                + " comparisons it is not established, for which q must be at most 0.05, and at most 5.0"
                                + " points is allowed.");
        // Neither those of intersections nor those that were not tested are corrected together with it.
        assertThat(verdict(RULE, List.of(gaps.get(0), gaps.get(1), gaps.get(3))).statement())
                .contains("for 2 comparisons");
    }

    @Test
    void aPassSaysHowLargeTheLargestGapIs() {
        GateVerdict verdict = verdict(RULE, List.of(accuracy("A", 0.01, 0.02, 0.3, 0.4)));

        assertThat(verdict.statement())
                .isEqualTo(
                        "Passed: no group of site differs by more than 5.0 points; the largest gap: accuracy at site ="
                                + " A is 1.0 points higher than elsewhere (95% interval -1.0 to 3.0, q = 0.400).");
    }

    @Test
    void aRuleMaySpeakOfOneGroupAlone() {
        List<Gap> gaps = List.of(accuracy("A", 0.01, 0.02, 0.3, 0.4), accuracy("B", -0.142, 0.031, 0.0001, 0.0012));
        Gate ofA = new Gate("accuracy", "site", "A", 0.05, null, null, null, null, null);
        Gate ofB = new Gate("accuracy", "site", "B", 0.05, null, null, null, null, null);

        assertThat(verdict(ofA, gaps).statement())
                .isEqualTo("Passed: accuracy at site = A is 1.0 points higher than elsewhere (95% interval -1.0 to 3.0,"
                        + " q = 0.400); at most 5.0 points is allowed.");
        assertThat(verdict(ofB, gaps).status()).isEqualTo(GateStatus.FAIL);
    }

    @Test
    void attributesMayBeCrossedInAnyOrder() {
        List<Gap> gaps = List.of(gap(Rate.accuracy(), "site × tag", "annex × yes", -0.2, 0.01, 0.0001, 0.001));
        Gate all = new Gate("accuracy", "tag × site", 0.05);
        Gate one = new Gate("accuracy", "tag × site", "yes × annex", 0.05, null, null, null, null, null);
        Gate single = new Gate("accuracy", "site", 0.05);

        assertThat(verdict(all, gaps).status()).isEqualTo(GateStatus.FAIL);
        assertThat(verdict(one, gaps).status()).isEqualTo(GateStatus.FAIL);
        assertThat(single.covers(gaps.get(0).metric(), gaps.get(0).group())).isFalse();
    }

    @Test
    void aNameWithoutItsBracketCoversAllClasses() {
        Gate rule = new Gate("true-positive-rate", "site", 0.05);
        Group site = new Group("site", "A");

        assertThat(rule.covers(Rate.truePositives(0, "cat"), site)).isTrue();
        assertThat(rule.covers(Rate.falsePositives(0, "cat"), site)).isFalse();
        assertThat(new Gate("true-positive-rate[dog]", "site", 0.05).covers(Rate.truePositives(0, "cat"), site))
                .isFalse();
    }

    @Test
    void aSingleGroupCannotBeCompared() {
        RunStatistics run = run(List.of(accuracy(new Group("site", "A"), 0.8, 0.9)), List.of(), null);
        GateVerdict verdict =
                GateVerdict.all(List.of(RULE), run, Images.SETTINGS).get(0);

        assertThat(verdict.status()).isEqualTo(GateStatus.UNDECIDED);
        assertThat(verdict.decided()).isNull();
        assertThat(verdict.statement())
                .isEqualTo("Undecided: accuracy by site cannot be compared: there are no two groups.");
    }

    /** The value of 0.9 to 0.95, with exact ends. */
    @ParameterizedTest
    @CsvSource({
        "min 0.875, PASS",
        "min 0.9, PASS", // the interval touches the limit, which is allowed
        "min 0.92, UNDECIDED",
        "min 0.95, UNDECIDED", // it ends at the limit: the value may be what is required
        "min 0.96, FAIL",
        "max 0.96, PASS",
        "max 0.95, PASS",
        "max 0.92, UNDECIDED",
        "max 0.9, UNDECIDED",
        "max 0.875, FAIL"
    })
    void aValuePassesOrFailsWithItsWholeInterval(String limits, GateStatus status) {
        RunStatistics run = run(List.of(accuracy(Group.WHOLE, 0.9, 0.95)), List.of(), null);

        assertThat(verdict(rule(limits), run).status()).isEqualTo(status);
    }

    @Test
    void valuesAreToldWithTheLimit() {
        RunStatistics run = run(
                List.of(
                        accuracy(Group.WHOLE, 0.9, 0.95),
                        accuracy(new Group("site", "A"), 0.9, 0.96),
                        accuracy(new Group("site", "B"), 0.7, 0.8)),
                List.of(),
                null);

        assertThat(verdict(rule("min 0.8"), run).statement())
                .isEqualTo("Passed: accuracy is 92.5% (95% interval 90.0% to 95.0%); at least 80.0% is required.");
        assertThat(verdict(rule("max 0.92"), run).statement())
                .isEqualTo("Undecided: accuracy is 92.5% (95% interval 90.0% to 95.0%); the limit lies within the"
                        + " interval: at most 92.0% is allowed.");
        assertThat(verdict(gate("accuracy", "site", null, 0.85, null, null), run)
                        .statement())
                .isEqualTo("Failed: accuracy at site = B is 75.0% (95% interval 70.0% to 80.0%); at least 85.0% is"
                        + " required; each of the 2 values is judged by its own 95% interval.");
        assertThat(verdict(gate("accuracy", "site", null, 0.65, null, null), run)
                        .statement())
                .isEqualTo(
                        "Passed: accuracy at site = B is 75.0% (95% interval 70.0% to 80.0%), and no other is nearer"
                                + " to the limit; at least 65.0% is required; each of the 2 values is judged by its own 95% interval.");
        assertThat(verdict(gate("accuracy", "site", "A", 0.85, null, null), run).status())
                .isEqualTo(GateStatus.PASS);
    }

    @Test
    void aStatisticOverTheGroupsOfAnAttributeIsOneOfIts() {
        Metric parity = new Rate("parity-ratio", Family.CLASS_RATE, Direction.NEITHER, List.of(), List.of());
        RunStatistics run = run(List.of(value(parity, new Group("tag", "*"), 0.5, 0.7)), List.of(), null);

        assertThat(verdict(gate("parity-ratio", "tag", null, 0.8, null, null), run)
                        .statement())
                .isEqualTo("Failed: parity-ratio over tag is 60.0% (95% interval 50.0% to 70.0%); at least 80.0% is"
                        + " required.");
        assertThat(verdict(gate("parity-ratio", null, null, 0.8, null, null), run)
                        .statement())
                .isEqualTo("Failed: parity-ratio: there is no such metric of all images in this run; name an attribute,"
                        + " tag.");
    }

    @Test
    void aValueOfFewImagesOrOfNoneIsUndecided() {
        Interval low = new Interval(0.1, 0.2, IntervalMethod.WILSON);
        GroupMetric few = new GroupMetric(Rate.accuracy(), Group.WHOLE, 500, 29, 0.15, low, 0.95);
        GroupMetric none = new GroupMetric(Rate.accuracy(), Group.WHOLE, 0, 0, Double.NaN, Interval.NONE, 0.95);

        assertThat(verdict(rule("min 0.9"), run(List.of(few), List.of(), null)))
                .extracting(GateVerdict::status, GateVerdict::statement)
                .containsExactly(
                        GateStatus.UNDECIDED,
                        "Undecided: accuracy is 15.0% (95% interval 10.0% to 20.0%); 29 independent images are fewer"
                                + " than the min-group of 30: at least 90.0% is required.");
        assertThat(verdict(rule("min 0.9"), run(List.of(none), List.of(), null)))
                .extracting(GateVerdict::status, GateVerdict::statement)
                .containsExactly(
                        GateStatus.UNDECIDED,
                        "Undecided: accuracy has no value (0 images); there is nothing to judge: at least 90.0% is"
                                + " required.");
    }

    @Test
    void whatDoesNotExistFailsAndSaysWhatDoes() {
        RunStatistics run = run(
                List.of(
                        accuracy(Group.WHOLE, 0.9, 0.95),
                        accuracy(new Group("site", "A"), 0.9, 0.95),
                        accuracy(new Group("site", "B"), 0.9, 0.95)),
                List.of(accuracy("A", 0.01, 0.02, 0.3, 0.4)),
                List.of());

        assertThat(verdict(gate("acuracy", null, null, 0.9, null, null), run))
                .extracting(GateVerdict::status, GateVerdict::statement, GateVerdict::decided)
                .containsExactly(GateStatus.FAIL, "Failed: acuracy: there is no such metric in this run.", null);
        assertThat(verdict(new Gate("acuracy", "site", 0.1), run).statement())
                .isEqualTo("Failed: acuracy by site: there is no such metric in this run.");
        assertThat(verdict(gate("accuracy", "site", "C", 0.9, null, null), run).statement())
                .isEqualTo("Failed: accuracy at site = C: there is no such group in this run; those of site are A, B.");
        assertThat(verdict(new Gate("accuracy", "site × tag", 0.1), run).statement())
                .isEqualTo("Failed: accuracy by site × tag: there are no groups of site × tag in this run; its"
                        + " attributes are *, site.");
        assertThat(verdict(rule("change 0.01"), run).statement())
                .isEqualTo("Failed: accuracy: there is no such metric in the comparison with the baseline run.");
    }

    /** The plan was checked before the run, so that a class that is not there is one whose images are all lost. */
    @Test
    void aClassWithoutImagesFails() {
        assertThat(verdict(
                                gate("true-positive-rate[cup]", null, null, 0.9, null, null),
                                run(List.of(), List.of(), null))
                        .statement())
                .isEqualTo("Failed: true-positive-rate[cup] has no images in this run.");
    }

    static Change change(Metric metric, double difference, double half, double q) {
        Interval interval = Double.isNaN(half)
                ? Interval.NONE
                : new Interval(difference - half, difference + half, IntervalMethod.POISSON_BASIC);
        return new Change(metric.name(), Group.WHOLE, 500, 0.9, 0.9 + difference, difference, interval, q, q, 0.02);
    }

    @ParameterizedTest
    @CsvSource({
        "-0.125, 0.0625, 0.001, UNDECIDED", // from 6.25 points, the limit, which is allowed
        "-0.1875, 0.0625, 0.001, FAIL",
        "-0.1875, 0.0625, 0.06, UNDECIDED", // one of many looks
        "-0.03125, 0.03125, 0.001, PASS",
        "0.5, 0.0625, 0.001, PASS", // better by any amount
        "-0.125, NaN, NaN, UNDECIDED",
        "NaN, NaN, NaN, UNDECIDED"
    })
    void aChangeFailsWhenItIsForTheWorse(double difference, double half, double q, GateStatus status) {
        RunStatistics run = run(List.of(), List.of(), List.of(change(Rate.accuracy(), difference, half, q)));
        RunStatistics lowerIsBetter = run(List.of(), List.of(), List.of(change(Rate.rejects(), -difference, half, q)));

        assertThat(verdict(rule("change 0.0625"), run).status()).isEqualTo(status);
        assertThat(verdict(gate("reject-rate", null, null, null, null, 0.0625), lowerIsBetter)
                        .status())
                .isEqualTo(status);
    }

    @Test
    void withoutABetterSideAChangeCountsEitherWay() {
        Metric confidence = SummaryMoment.confidence(SummaryMoment.Moment.MEAN);
        Gate rule = gate("confidence", null, null, null, null, 0.05);

        assertThat(verdict(rule, run(List.of(), List.of(), List.of(change(confidence, 0.1, 0.01, 0.001))))
                        .statement())
                .isEqualTo(
                        "Failed: confidence is 10.0 points higher than in the baseline run (95% interval 9.0 to 11.0,"
                                + " q = 0.001); at most 5.0 points of change is allowed.");
    }

    private static String undecidedChange(String metric, double difference, double half, double p, double q) {
        Interval interval = Double.isNaN(half)
                ? Interval.NONE
                : new Interval(difference - half, difference + half, IntervalMethod.POISSON_PERCENTILE);
        Change change = new Change(metric, Group.WHOLE, 500, 1, 1 + difference, difference, interval, p, q, 0.02);
        GateVerdict verdict =
                verdict(gate(metric, null, null, null, null, 0.05), run(List.of(), List.of(), List.of(change)));

        assertThat(verdict.status()).isEqualTo(GateStatus.UNDECIDED);
        return verdict.statement();
    }

    /** Agreement and drift have no test by their nature; what keeps them undecided is their interval. */
    @Test
    void whatOnlyDescribesIsNotCalledTooFewForHavingNoTest() {
        String agreement = PairedNumber.AGREEMENT;

        assertThat(undecidedChange(agreement, -0.05, 0.02, Double.NaN, Double.NaN))
                .contains("the interval is too wide to tell whether it is more than the limit");
        assertThat(undecidedChange(agreement, -0.05, Double.NaN, Double.NaN, Double.NaN))
                .contains("500 images in both runs are too few for a verdict");
        assertThat(undecidedChange("accuracy", -0.05, 0.02, Double.NaN, Double.NaN))
                .contains("500 images in both runs are too few for a verdict");
    }

    @Test
    void aChangeBeyondTheLimitThatManyComparisonsLeaveOpenSaysSo() {
        assertThat(undecidedChange("accuracy", -0.1, 0.02, 0.03, 0.06))
                .endsWith("; its whole interval lies beyond the limit, but after the correction for 1 comparison it is"
                        + " not established, for which q must be at most 0.05, and at most 5.0 points of worsening is"
                        + " allowed.");
    }

    @Test
    void withoutABaselineThereIsNoVerdictOnChanges() {
        RunStatistics run = run(List.of(accuracy(Group.WHOLE, 0.9, 0.95)), List.of(), null);

        assertThat(verdict(rule("change 0.01"), run).statement())
                .isEqualTo(
                        "Undecided: accuracy: there is no accepted run to compare with; 'tapetum accept OUT --run ID'"
                                + " makes one.");
        assertThat(verdict(gate("prediction-agreement", null, null, null, null, 0.01), run)
                        .status())
                .isEqualTo(GateStatus.UNDECIDED);
        assertThat(verdict(gate("acuracy", null, null, null, null, 0.01), run).status())
                .isEqualTo(GateStatus.FAIL);
    }

    @Test
    void mapsThatAreNoEvidenceGetNoVerdict() {
        Gate rule = new Gate("attribution.gini.mean", "site", 0.05);
        Gap distrusted = gini("saliency", 0.9);
        Gap trusted = gini("grad-cam", 0.2);
        Gap even = gini("grad-cam", 0.001);
        List<ExplanationTrust> trust = List.of(
                new ExplanationTrust("saliency", ExplanationTrust.Verdict.NOT_EVIDENCE, false, "its maps stay"),
                new ExplanationTrust("grad-cam", ExplanationTrust.Verdict.PASSED, false, "its maps change"));
        TrustLimits limits = new TrustLimits(0.5, 0.1, false);

        GateVerdict verdict =
                verdict(rule, new RunStatistics(List.of(), List.of(distrusted, even), trust, limits, null));
        assertThat(verdict)
                .isEqualTo(new GateVerdict(
                        rule,
                        GateStatus.UNDECIDED,
                        "Undecided: saliency is not evidence: its maps stay.",
                        Evidence.of(distrusted)));

        // What is no evidence does not hide a failure in maps that are.
        assertThat(verdict(rule, new RunStatistics(List.of(), List.of(distrusted, trusted), trust, limits, null)))
                .extracting(GateVerdict::status, GateVerdict::decided)
                .containsExactly(GateStatus.FAIL, Evidence.of(trusted));

        // A value is one of the model only through its maps, but what says that they are no evidence stands for itself.
        GroupMetric gini = value(Metric.named("attribution.gini.mean[saliency]"), Group.WHOLE, 0.8, 0.9);
        String randomised = "attribution.model-parameter-randomisation.mean[saliency]";
        GroupMetric similar = value(Metric.named(randomised), Group.WHOLE, 0.8, 0.9);
        RunStatistics values = new RunStatistics(List.of(gini, similar), List.of(), trust, limits, null);
        assertThat(verdict(gate("attribution.gini.mean", null, null, null, 0.5, null), values)
                        .status())
                .isEqualTo(GateStatus.UNDECIDED);
        assertThat(verdict(gate(randomised, null, null, null, 0.5, null), values)
                        .status())
                .isEqualTo(GateStatus.FAIL);
    }

    private static Gap gini(String method, double difference) {
        Metric metric = Metric.named("attribution.gini.mean[" + method + "]");
        return gap(metric, "site", "B", difference, 0.01, 0.0001, 0.001);
    }

    private static GateVerdict verdict(Gate rule, List<Gap> gaps) {
        return verdict(rule, run(List.of(), gaps, null));
    }

    private static GateVerdict verdict(Gate rule, RunStatistics run) {
        return GateVerdict.all(List.of(rule), run, Images.SETTINGS).get(0);
    }

    @Test
    void theGateIsAsBadAsTheWorstRuleThatMayFailIt() {
        Gate failing = rule("min 0.99");
        Gate open = rule("min 0.92");

        assertThat(overall(rule("min 0.5"))).isEqualTo(GateStatus.PASS);
        assertThat(overall(rule("min 0.5"), open)).isEqualTo(GateStatus.UNDECIDED);
        assertThat(overall(rule("min 0.5"), open, failing)).isEqualTo(GateStatus.FAIL);
        assertThat(overall()).isEqualTo(GateStatus.UNDECIDED);
        assertThat(overall(rule("min 0.5"), with(failing, Gate.Level.WARNING, Gate.Undecided.FAIL)))
                .isEqualTo(GateStatus.PASS);
        assertThat(overall(with(rule("min 0.5"), Gate.Level.WARNING, Gate.Undecided.PASS)))
                .isEqualTo(GateStatus.UNDECIDED);
        assertThat(overall(rule("min 0.5"), with(open, Gate.Level.ERROR, Gate.Undecided.FAIL)))
                .isEqualTo(GateStatus.FAIL);
        assertThat(overall(rule("min 0.5"), with(open, Gate.Level.WARNING, Gate.Undecided.FAIL)))
                .isEqualTo(GateStatus.PASS);
    }

    private static GateStatus overall(Gate... rules) {
        RunStatistics run = run(List.of(accuracy(Group.WHOLE, 0.9, 0.95)), List.of(), null);
        return GateVerdict.overall(GateVerdict.all(List.of(rules), run, Images.SETTINGS));
    }

    @Test
    void aRuleIsToldAsThePlanMayHaveIt() {
        assertThat(RULE.text()).isEqualTo("{ metric = accuracy, attribute = site, max-gap = 0.05 }");
        assertThat(new Gate(
                                "false-positive-rate[mug]",
                                "site × tag",
                                "annex × yes",
                                null,
                                null,
                                0.1,
                                null,
                                Gate.Level.WARNING,
                                Gate.Undecided.FAIL)
                        .text())
                .isEqualTo("{ metric = \"false-positive-rate[mug]\", attribute = \"site × tag\", group = \"annex ×"
                        + " yes\", max-value = 0.1, level = warning, undecided = fail }");
    }

    @Test
    void aRuleThatMakesNoSenseNamesItsKey() {
        assertThatThrownBy(() -> new Gate("accuracy", "site", -0.1)).hasMessageStartingWith("max-gap must");
        assertThatThrownBy(() -> new Gate("accuracy", "site", Double.NaN)).hasMessageStartingWith("max-gap must");
        assertThatThrownBy(() -> new Gate(" ", "site", 0.1)).hasMessageStartingWith("metric must");
        assertThatThrownBy(() -> new Gate("calibration-error", "site", 0.1))
                .hasMessageEndingWith("calibration-error-debiased");
        assertThatThrownBy(() -> new Gate("accuracy", "", 0.1)).hasMessageStartingWith("attribute must");
        assertThatThrownBy(() -> gate("accuracy", null, null, null, null, -0.1))
                .hasMessageStartingWith("max-change must");
        assertThatThrownBy(() -> gate("accuracy", null, null, Double.NaN, null, null))
                .hasMessageStartingWith("min-value must");
        assertThatThrownBy(() -> gate("accuracy", null, "A", 0.5, null, null)).hasMessageStartingWith("group must");
        assertThatThrownBy(() -> gate("accuracy", null, null, 0.5, 0.6, null)).hasMessageContaining("exactly one of");
        assertThatThrownBy(() -> gate("accuracy", null, null, null, null, null)).hasMessageContaining("exactly one of");
        assertThatThrownBy(() -> new Gate("accuracy", null, null, 0.1, null, null, null, null, null))
                .hasMessageStartingWith("max-gap needs");
    }
}
