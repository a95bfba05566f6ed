package dev.tapetum.fairness;

import dev.tapetum.stats.StatisticsSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the maps of a method are evidence of what the model does.
 *
 * <p>They are <b>not evidence</b> when a limit of the plan is established to be exceeded, the whole interval of a mean over all
 * images lying above it: the rank correlation with the maps of the randomised model
 * ({@code model-parameter-randomisation}: a map that does not come from what was learnt cannot explain it; Adebayo et al.
 * 2018, arXiv 1810.03292), or the relative error of completeness ({@code completeness}, of methods that promise a
 * total). They have <b>passed</b> when all that was measured lies established within the limits. In between, or below
 * {@code min-group} independent images, it is <b>undecided</b>, and <b>not tested</b> when the run measured neither.
 *
 * <ul>
 *   <li>The correlation counts with its sign, since it is of absolute maps: a strongly negative one would also be a kind of
 *       dependence, but no map that stays as it is, which is what the test is for.
 *   <li>Of several measurements of one kind, such as two correlations, the worst counts.
 *   <li>A method that promises no total is judged by its randomisation alone.
 * </ul>
 *
 * @param method what the run calls the method
 * @param verdict what was found
 * @param required whether the plan wants more than that nothing was found against it
 * @param reason why, in half a sentence with numbers
 */
public record ExplanationTrust(String method, Verdict verdict, boolean required, String reason) {
    /** What is known of a method, the better first. */
    public enum Verdict {
        PASSED("passed"),
        UNDECIDED("undecided"),
        NOT_TESTED("not tested"),
        NOT_EVIDENCE("not evidence");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        /** In words. */
        public String text() {
            return text;
        }
    }

    private static final String HOW_TO_TEST =
            "add model-parameter-randomisation to attribution-metrics, for a bundle exported with --randomised";

    /**
     * The verdict of each method.
     *
     * @param methods what the run calls its methods, in the order of the plan
     * @param metrics the metrics of the run; those of the whole decide
     */
    public static List<ExplanationTrust> all(
            List<String> methods, List<GroupMetric> metrics, TrustLimits limits, StatisticsSettings settings) {
        List<GroupMetric> whole = whole(metrics);
        return methods.stream()
                .map(method -> of(method, tests(method, whole, limits, settings), limits.required()))
                .toList();
    }

    /** The measurement that speaks most against a method, of those that make its maps no evidence; null without any. */
    static @Nullable GroupMetric against(
            String method, List<GroupMetric> metrics, TrustLimits limits, StatisticsSettings settings) {
        return tests(method, whole(metrics), limits, settings).stream()
                .filter(test -> test.verdict() == Verdict.NOT_EVIDENCE)
                .max(Comparator.comparingDouble(
                        test -> test.measured().interval().low() - test.limit()))
                .map(TrustTest::measured)
                .orElse(null);
    }

    private static List<GroupMetric> whole(List<GroupMetric> metrics) {
        return metrics.stream()
                .filter(metric -> metric.group().equals(Group.WHOLE))
                .filter(metric ->
                        metric.metric() instanceof SummaryMoment moment && moment.moment() == SummaryMoment.Moment.MEAN)
                .toList();
    }

    private static List<TrustTest> tests(
            String method, List<GroupMetric> whole, TrustLimits limits, StatisticsSettings settings) {
        List<TrustTest> tests = new ArrayList<>();
        for (TrustTest.Kind kind : TrustTest.Kind.values()) {
            double limit = switch (kind) {
                case RANDOMISATION -> limits.maxRandomisedSimilarity();
                case COMPLETENESS -> limits.maxCompletenessError();
            };
            whole.stream()
                    .filter(metric -> metric.n() > 0 && isAbout(metric.metric(), method, kind))
                    .map(metric -> new TrustTest(metric, kind, limit, settings.minGroup()))
                    .forEach(tests::add);
        }

        return tests;
    }

    private static boolean isAbout(Metric metric, String method, TrustTest.Kind kind) {
        MethodMeasure measure = MethodMeasure.of(metric);
        return measure != null
                && measure.method().equals(method)
                && measure.measure().equals(kind.measure);
    }

    private static ExplanationTrust of(String method, List<TrustTest> tests, boolean required) {
        if (tests.isEmpty()) {
            return new ExplanationTrust(method, Verdict.NOT_TESTED, required, "no test was made: " + HOW_TO_TEST);
        }

        Verdict worst = tests.stream()
                .map(TrustTest::verdict)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        List<String> reasons = new ArrayList<>(tests.stream()
                .filter(test -> test.verdict() == worst)
                .map(TrustTest::reason)
                .toList());
        if (worst == Verdict.PASSED && tests.stream().noneMatch(test -> test.kind() == TrustTest.Kind.RANDOMISATION)) {
            reasons.add("whether they change when the model is randomised was not measured");
        }

        return new ExplanationTrust(method, worst, required, String.join("; ", reasons));
    }

    /** Whether differences of the method's maps may be held up as findings. */
    public boolean isEvidence() {
        return switch (verdict) {
            case PASSED -> true;
            case UNDECIDED, NOT_TESTED -> !required;
            case NOT_EVIDENCE -> false;
        };
    }

    /** The verdict and its reason, for the method's line in a table: what stands after its name. */
    public String why() {
        return isEvidence() || verdict == Verdict.NOT_EVIDENCE
                ? reason
                : reason + "; the plan asks for a test that is passed (attribution.trust.required)";
    }
}
