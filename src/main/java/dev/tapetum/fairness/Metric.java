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
 *   <tr><td>{@code balanced-accuracy}, {@code false-positive-rate.macro}</td><td>means over the classes of their true and false positive
 *       rates, {@link CountStatistic}; no gaps</td></tr>
 *   <tr><td>{@code generalised-entropy}, {@code theil}</td><td>how unequally correctness is dealt out, {@link CountStatistic}; no gaps</td></tr>
 *   <tr><td>{@code overconfidence}</td><td>mean confidence less accuracy; no gaps</td></tr>
 *   <tr><td>{@code worst-group-accuracy}</td><td>the smallest accuracy over label × group, {@link Extreme}; of an attribute</td></tr>
 *   <tr><td>{@code reject-rate}</td><td>share of all images that could not be read, decoded or scored</td></tr>
 *   <tr><td>{@code selection-rate[C]}</td><td>share of scored images predicted as class C</td></tr>
 *   <tr><td>{@code true-positive-rate[C]}</td><td>of those with label C, the share predicted as C</td></tr>
 *   <tr><td>{@code false-positive-rate[C]}</td><td>of those with another label, the share predicted as C</td></tr>
 *   <tr><td>{@code precision[C]}</td><td>of those labelled and predicted as C, the share with label C (predictive parity); it depends on how common
 *       C is, so that two groups in which a model is equally good may differ by it (Chouldechova 2017)</td></tr>
 *   <tr><td>{@code generalised-entropy[C]}, {@code theil[C]}</td><td>how unequally the benefit 1 + ŷ − y of deciding on C is dealt out,
 *       {@link CountStatistic}; no gaps</td></tr>
 *   <tr><td>{@code demographic-parity-difference[C]}, {@code demographic-parity-ratio[C]}, {@code equal-opportunity-difference[C]},
 *       {@code equalised-odds-difference[C]}</td><td>how far apart all groups are, {@link Extreme}; of an attribute</td></tr>
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
public sealed interface Metric permits Rate, CountStatistic, CalibrationError, Overconfidence, SummaryMoment, Extreme {
    /** The text of the {@code metric} column. */
    String name();

    /** Which tests it is corrected with. */
    Family family();

    /** Which way it is better. */
    Direction direction();

    /**
     * Whether groups are compared by it: not by a statistic with a bias that depends on n, nor by one that tells what another one is
     * compared by, since every test makes the others of its family harder to establish.
     */
    default boolean comparable() {
        return true;
    }

    /** Whether it is a statistic of a group; else it is one of all groups of an attribute at once. */
    default boolean isOfGroup() {
        return true;
    }

    /**
     * The metric that a table names: with its family and direction, which is what words and verdicts need. The rate of a
     * class or a feature has no tallies, since those go by its place in the layout; it can be told and not be estimated.
     *
     * @throws IllegalArgumentException when no metric has such a name
     */
    static Metric named(String name) {
        return MetricNames.named(name);
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
        metrics.add(new Overconfidence());
        List<Integer> all = List.copyOf(classes);
        metrics.add(new CountStatistic(CountStatistic.Kind.BALANCED_ACCURACY, all, ""));
        metrics.add(new CountStatistic(CountStatistic.Kind.MACRO_FALSE_POSITIVE_RATE, all, ""));
        metrics.add(new CountStatistic(CountStatistic.Kind.ENTROPY_OF_CORRECTNESS, List.of(), ""));
        metrics.add(new CountStatistic(CountStatistic.Kind.THEIL_OF_CORRECTNESS, List.of(), ""));
        boolean grouped = !layout.attributes().isEmpty();
        if (grouped) {
            metrics.add(new Extreme(Extreme.Kind.WORST_GROUP_ACCURACY, all, ""));
        }

        for (int index : classes) {
            String name = layout.classes().get(index);
            metrics.add(Rate.selection(index, name));
            metrics.add(Rate.truePositives(index, name));
            metrics.add(Rate.falsePositives(index, name));
            metrics.add(Rate.precision(index, name));
            metrics.add(new CountStatistic(CountStatistic.Kind.ENTROPY_OF_CLASS, List.of(index), name));
            metrics.add(new CountStatistic(CountStatistic.Kind.THEIL_OF_CLASS, List.of(index), name));
            if (grouped) {
                metrics.addAll(Extreme.ofClass(index, name));
            }
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
