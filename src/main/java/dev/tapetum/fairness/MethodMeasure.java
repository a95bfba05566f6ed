package dev.tapetum.fairness;

import org.jspecify.annotations.Nullable;

/**
 * What a summary of explanations is about, and the one place where its name is written and read:
 * {@code attribution.gini[saliency]}, or {@code attribution.top-k[saliency, top-k(k=0.02,…)]} where the run has the
 * metric more than once.
 *
 * @param measure what is measured, in kebab case
 * @param method what the run calls the method: its name, or its full text where it has the method more than once
 * @param parameters the metric's full text where its name alone does not tell it; else empty
 */
public record MethodMeasure(String measure, String method, String parameters) {
    private static final String FAMILY = "attribution.";
    private static final String SEPARATOR = ", ";

    /** The name of the summary. The parameters come last, so that what stands before the bracket is a name. */
    public String summary() {
        return FAMILY + measure + "[" + method + (parameters.isEmpty() ? "" : SEPARATOR + parameters) + "]";
    }

    /** The name of the metric that is the summary's mean, as in the column {@code metric}. */
    public String mean() {
        return SummaryMoment.of(summary(), SummaryMoment.Moment.MEAN).name();
    }

    /** Reads the name of a summary; null for one that is not of explanations. */
    public static @Nullable MethodMeasure of(String summary) {
        int bracket = summary.indexOf('[');
        if (!summary.startsWith(FAMILY) || bracket < 0 || !summary.endsWith("]")) {
            return null;
        }

        String measure = summary.substring(FAMILY.length(), bracket);
        String subject = summary.substring(bracket + 1, summary.length() - 1);
        // A full text has no space after its commas, so this cannot be within the method's.
        int parameters = subject.lastIndexOf(SEPARATOR + measure + "(");
        return parameters < 0
                ? new MethodMeasure(measure, subject, "")
                : new MethodMeasure(
                        measure, subject.substring(0, parameters), subject.substring(parameters + SEPARATOR.length()));
    }

    /** Reads the name of a metric that is the mean or the spread of a summary; null for one that is not of explanations. */
    public static @Nullable MethodMeasure named(String metric) {
        int bracket = metric.indexOf('[');
        for (SummaryMoment.Moment moment : SummaryMoment.Moment.values()) {
            String suffix = SummaryMoment.suffix(moment);
            if (bracket >= 0 && metric.substring(0, bracket).endsWith(suffix)) {
                return of(metric.substring(0, bracket - suffix.length()) + metric.substring(bracket));
            }
        }

        return null;
    }

    /** What a metric is about; null for one that is not of explanations. */
    public static @Nullable MethodMeasure of(Metric metric) {
        return metric instanceof SummaryMoment moment ? of(moment.summary()) : null;
    }
}
