package dev.tapetum.fairness;

import java.util.Arrays;
import java.util.Locale;

/**
 * What one measurement over all images says about whether a method may be believed.
 *
 * @param measured the mean with its interval
 * @param kind what was tested
 * @param limit the largest mean allowed
 * @param minGroup the fewest independent units on which a verdict rests
 */
record TrustTest(GroupMetric measured, Kind kind, double limit, int minGroup) {
    /** The measurements that decide. */
    enum Kind {
        RANDOMISATION(
                "model-parameter-randomisation",
                "rank correlation",
                "its maps stay as they are when the model is randomised",
                "its maps change when the model is randomised",
                "whether its maps change when the model is randomised is open"),
        COMPLETENESS(
                "completeness",
                "mean relative error",
                "its maps do not add up to what they should explain",
                "its maps add up to what they should explain",
                "whether its maps add up to what they should explain is open");

        final String measure;
        private final String number;
        private final String failed;
        private final String passed;
        private final String open;

        Kind(String measure, String number, String failed, String passed, String open) {
            this.measure = measure;
            this.number = number;
            this.failed = failed;
            this.passed = passed;
            this.open = open;
        }

        /** Whether a measurement of explanations is one that decides. */
        static boolean measures(String measure) {
            return Arrays.stream(values()).anyMatch(kind -> kind.measure.equals(measure));
        }
    }

    ExplanationTrust.Verdict verdict() {
        if (few()) {
            return ExplanationTrust.Verdict.UNDECIDED;
        } else if (measured.interval().low() > limit) {
            return ExplanationTrust.Verdict.NOT_EVIDENCE;
        }

        // An interval that does not exist decides nothing.
        return measured.interval().high() <= limit
                ? ExplanationTrust.Verdict.PASSED
                : ExplanationTrust.Verdict.UNDECIDED;
    }

    private boolean few() {
        return measured.clusters() < minGroup;
    }

    /** {@code its maps change when the model is randomised: rank correlation 0.12 (0.10 to 0.14), the limit is 0.5}. */
    String reason() {
        String said = verdict() == ExplanationTrust.Verdict.NOT_EVIDENCE
                ? kind.failed
                : verdict() == ExplanationTrust.Verdict.PASSED ? kind.passed : kind.open;
        String images = measured.clusters() + (measured.clusters() == 1 ? " independent image" : " independent images");
        return said + ": " + kind.number + " " + number(measured.value()) + " ("
                + number(measured.interval().low())
                + " to " + number(measured.interval().high()) + "), the limit is " + limit
                + (few() ? ", and " + images + " are fewer than the min-group of " + minGroup : "");
    }

    private static String number(double value) {
        // Added to zero, a negative zero is a positive one.
        return Double.isNaN(value) ? "unknown" : String.format(Locale.ROOT, "%.2f", Math.rint(100 * value) / 100 + 0.0);
    }
}
