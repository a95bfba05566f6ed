package dev.tapetum.fairness;

/**
 * The mean or the spread of a continuous number per image.
 *
 * @param summary the number's name in the observation, such as {@code attribution.gini[saliency()]}
 * @param moment which of the two
 * @param name the metric's name
 * @param family which tests it is corrected with
 * @param direction which way it is better
 */
public record SummaryMoment(String summary, Moment moment, String name, Family family, Direction direction)
        implements Metric {
    /** The summary under which a state keeps the confidence; not a name that an observation may use. */
    static final String CONFIDENCE = "confidence";

    /** What is computed of the numbers. */
    public enum Moment {
        MEAN,
        SPREAD
    }

    static SummaryMoment confidence(Moment moment) {
        String name = moment == Moment.MEAN ? CONFIDENCE : CONFIDENCE + ".spread";
        return new SummaryMoment(CONFIDENCE, moment, name, Family.OUTCOME, Direction.NEITHER);
    }

    /** The moment's name goes before the method: {@code a[m]} becomes {@code a.mean[m]}, {@code a} becomes {@code a.mean}. */
    static SummaryMoment of(String summary, Moment moment) {
        int bracket = summary.indexOf('[');
        int end = bracket < 0 ? summary.length() : bracket;
        String name = summary.substring(0, end) + suffix(moment) + summary.substring(end);
        return new SummaryMoment(
                summary,
                moment,
                name,
                ResponseMeasure.isOne(summary) ? Family.INTERVENTION : Family.EXPLANATION,
                ResponseMeasure.isError(summary) ? Direction.LOWER_IS_BETTER : Direction.NEITHER);
    }

    /** The inverse of {@link #of}, of a name cut at its bracket. */
    static SummaryMoment named(String kind, String bracket) {
        for (Moment moment : Moment.values()) {
            if (kind.endsWith(suffix(moment))) {
                return of(kind.substring(0, kind.length() - suffix(moment).length()) + bracket, moment);
            }
        }

        throw new IllegalArgumentException("There is no metric " + kind + bracket);
    }

    /** What a moment adds to the name before the bracket. */
    static String suffix(Moment moment) {
        return switch (moment) {
            case MEAN -> ".mean";
            case SPREAD -> ".spread";
        };
    }
}
