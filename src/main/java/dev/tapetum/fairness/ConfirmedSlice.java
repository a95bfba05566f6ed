package dev.tapetum.fairness;

import dev.tapetum.stats.Interval;
import dev.tapetum.stats.StatisticsSettings;

/**
 * A subgroup that was found on one half of the images and confirmed on the other.
 *
 * @param predicate what its images have in common
 * @param query the SQL that returns them
 * @param n its images in the half that confirmed it
 * @param value the share of them that is predicted wrong
 * @param difference that share less the others'
 * @param interval of the difference
 * @param qValue the corrected p-value of no difference
 */
public record ConfirmedSlice(
        String predicate, String query, long n, double value, double difference, Interval interval, double qValue) {
    /** What the run says of it. */
    public Finding finding(StatisticsSettings settings) {
        return Finding.of(
                Finding.Kind.SLICE,
                "of the images with " + predicate + " " + Wording.share(value) + " are predicted wrongly, "
                        + Wording.points(difference) + " more than of the others ("
                        + Wording.percent(settings.confidence()) + " interval " + Wording.points(interval.low())
                        + " to "
                        + Wording.points(interval.high()) + ", " + Wording.q(qValue)
                        + "; found on one half of the images, measured on the other)",
                new Evidence(Slice.METRIC, Group.WHOLE, n, difference, interval, qValue),
                predicate,
                query);
    }
}
