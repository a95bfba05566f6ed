package dev.tapetum.fairness;

import dev.tapetum.stats.Interval;
import dev.tapetum.stats.StatisticsSettings;

/**
 * A class that answers to a property by more than is of no importance, over all images: evidence for a finding.
 *
 * @param property what is strengthened
 * @param editor the editor's text in the column {@code editor}
 * @param label what the run calls the editor
 * @param target the class; {@link ResponseMeasure#OWN_TARGET} for each image's own
 * @param followed what of the class is followed, {@code probability} or {@code logit}
 * @param n how many images stand behind it
 * @param expected mean modulus of the derivative by the strength, scaled to 0..1
 * @param interval of that
 * @param signed mean derivative with its sign
 * @param qValue of "at most the smallest effect of importance"
 * @param minEffect the smallest effect of importance
 */
public record AnsweredProperty(
        String property,
        String editor,
        String label,
        String target,
        String followed,
        long n,
        double expected,
        Interval interval,
        double signed,
        double qValue,
        double minEffect) {
    /** What the run says of it. */
    public Finding finding(StatisticsSettings settings) {
        ResponseMeasure measure = ResponseMeasure.ofProperty(ResponseMeasure.EXPECTED_GRADIENT, label, target);
        Metric metric = Metric.named(measure.mean());
        String subject = target.equals(ResponseMeasure.OWN_TARGET) ? "each image's own class" : target;
        return Finding.of(
                Finding.Kind.PROPERTY,
                "the " + followed + " of " + subject + " answers to " + property + " (" + editor
                        + "): its mean expected gradient is " + Wording.value(metric, expected) + " ("
                        + Wording.percent(settings.confidence()) + " interval "
                        + Wording.value(metric, interval.low()) + " to " + Wording.value(metric, interval.high()) + ", "
                        + Wording.q(qValue) + "), and anything up to " + Wording.value(metric, minEffect)
                        + " is of no importance; with its sign it is " + Wording.value(metric, signed),
                new Evidence(metric.name(), Group.WHOLE, n, expected, interval, qValue),
                Select.from("property_effects")
                        .is("editor", editor)
                        .is("target", target)
                        .by("attribute, `group`")
                        .text());
    }
}
