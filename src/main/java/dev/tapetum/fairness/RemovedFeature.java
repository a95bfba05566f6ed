package dev.tapetum.fairness;

import dev.tapetum.stats.Interval;
import dev.tapetum.stats.StatisticsSettings;

/**
 * A feature whose removal changes a class more than the removal of something else does, over all images: evidence for a finding.
 *
 * @param feature its index
 * @param editor the text of the editor that takes it out, in the column {@code editor}
 * @param target the class; {@link ResponseMeasure#OWN_TARGET} for each image's own
 * @param place where it is taken out; empty for everywhere
 * @param n how many images stand behind it
 * @param change of the class's mean probability
 * @param interval of that
 * @param qValue of "nothing changes"
 * @param otherFeature the change when another feature is taken out, active in about as many images
 * @param randomDirection the change when as much is done along a random direction
 */
public record RemovedFeature(
        int feature,
        String editor,
        String target,
        String place,
        long n,
        double change,
        Interval interval,
        double qValue,
        double otherFeature,
        double randomDirection) {
    private static final Metric PROBABILITY = SummaryMoment.confidence(SummaryMoment.Moment.MEAN);

    /** What the run says of it. */
    public Finding finding(StatisticsSettings settings) {
        boolean lower = change < 0;
        String subject = target.equals(ResponseMeasure.OWN_TARGET) ? "each image's own class" : target;
        double near = lower ? -interval.high() : interval.low();
        double far = lower ? -interval.low() : interval.high();
        return Finding.of(
                Finding.Kind.FEATURE,
                "without feature " + feature + (place.isEmpty() ? "" : " in " + place) + " the probability of "
                        + subject
                        + " is " + size(Math.abs(change)) + (lower ? " lower" : " higher") + " ("
                        + Wording.percent(settings.confidence()) + " interval "
                        + Wording.number(PROBABILITY, near) + " to " + Wording.number(PROBABILITY, far) + ", "
                        + Wording.q(qValue) + "), against " + signed(otherFeature) + " without another feature and "
                        + signed(randomDirection) + " along a random direction",
                new Evidence(
                        "feature-ablation[" + feature + ", " + target + "]", Group.WHOLE, n, change, interval, qValue),
                Select.from("feature_ablations")
                        .is("editor", editor)
                        .is("target", target)
                        .by("attribute, `group`, control")
                        .text());
    }

    private static String size(double difference) {
        return Wording.size(PROBABILITY, difference);
    }

    private static String signed(double difference) {
        return size(Math.abs(difference)) + (difference < 0 ? " lower" : " higher");
    }
}
