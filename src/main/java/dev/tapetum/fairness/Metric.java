package dev.tapetum.fairness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A statistic of a group of images. This family is the one place where metrics get their names and meanings:
 *
 * <table>
 *   <caption>Names</caption>
 *   <tr><td>{@code accuracy}</td><td>share of labelled, scored images that are predicted right</td></tr>
 *   <tr><td>{@code reject-rate}</td><td>share of all images that could not be read, decoded or scored</td></tr>
 *   <tr><td>{@code selection-rate[C]}</td><td>share of scored images predicted as class C</td></tr>
 *   <tr><td>{@code true-positive-rate[C]}</td><td>of those with label C, the share predicted as C</td></tr>
 *   <tr><td>{@code false-positive-rate[C]}</td><td>of those with another label, the share predicted as C</td></tr>
 *   <tr><td>{@code feature-frequency[J]}</td><td>share of scored images in which feature J of the run's autoencoder is active</td></tr>
 *   <tr><td>{@code confidence}</td><td>mean probability of the predicted class</td></tr>
 *   <tr><td>{@code confidence.spread}</td><td>its standard deviation</td></tr>
 *   <tr><td>{@code calibration-error}</td><td>expected calibration error, 15 equal-width bins;
 *       no gaps</td></tr>
 *   <tr><td>{@code calibration-error-debiased}</td><td>root-mean-square, less the noise of each bin</td></tr>
 *   <tr><td>{@code NAME.mean[METHOD]}</td><td>mean of the summary {@code NAME[METHOD]}</td></tr>
 *   <tr><td>{@code NAME.spread[METHOD]}</td><td>its standard deviation</td></tr>
 *   <tr><td>{@code property.NAME.mean[EDITOR, CLASS]}, {@code corruption.NAME.mean[KIND]}</td><td>means over the images that
 *       interventions ran on and on which the class is followed, {@link ResponseMeasure}</td></tr>
 * </table>
 */
public sealed interface Metric permits Rate, CalibrationError, SummaryMoment {
    /** The text of the {@code metric} column. */
    String name();

    /** Which tests it is corrected with. */
    Family family();

    /** Which way it is better. */
    Direction direction();

    /** Whether groups of different size may be compared by it: a statistic with a bias that depends on n may not. */
    default boolean comparable() {
        return true;
    }

    /**
     * The metric that a table names: with its family and direction, which is what words and verdicts need. The rate of a
     * class or a feature has no tallies, since those go by its place in the layout; it can be told and not be estimated.
     *
     * @throws IllegalArgumentException when no metric has such a name
     */
    static Metric named(String name) {
        boolean bracketed = name.endsWith("]") && name.contains("[");
        String kind = bracketed ? name.substring(0, name.indexOf('[')) : name;
        GroupLayout oneOfEach = new GroupLayout(List.of(), List.of(""), false, false, List.of(0));
        for (Metric known : all(oneOfEach, List.of(0), List.of())) {
            if (known.name().equals(name)) {
                return known;
            }

            if (bracketed && known instanceof Rate rate && rate.name().startsWith(kind + "[")) {
                return new Rate(name, rate.family(), rate.direction(), List.of(), List.of());
            }
        }

        return SummaryMoment.named(kind, name.substring(kind.length()));
    }

    /** All metrics of a run, in the order of the table. */
    static List<Metric> all(GroupLayout layout, Collection<Integer> classes, Collection<String> summaries) {
        List<Metric> metrics = new ArrayList<>();
        metrics.add(Rate.accuracy());
        metrics.add(Rate.rejects());
        metrics.add(SummaryMoment.confidence(SummaryMoment.Moment.MEAN));
        metrics.add(SummaryMoment.confidence(SummaryMoment.Moment.SPREAD));
        metrics.add(new CalibrationError(false));
        metrics.add(new CalibrationError(true));
        for (int index : classes) {
            String name = layout.classes().get(index);
            metrics.add(Rate.selection(index, name));
            metrics.add(Rate.truePositives(index, name));
            metrics.add(Rate.falsePositives(index, name));
        }

        for (int watched = 0; watched < layout.features().size(); watched++) {
            metrics.add(Rate.featureFrequency(layout, watched));
        }

        for (String summary : summaries) {
            metrics.add(SummaryMoment.of(summary, SummaryMoment.Moment.MEAN));
            if (!ResponseMeasure.isOne(summary)) {
                metrics.add(SummaryMoment.of(summary, SummaryMoment.Moment.SPREAD));
            }
        }

        return metrics;
    }
}
