package dev.tapetum.report;

import dev.tapetum.fairness.Established;
import dev.tapetum.fairness.ExplanationTrust;
import dev.tapetum.table.GroupMetricRow;
import java.util.List;

/**
 * What a run knows of its explanations as such.
 *
 * @param trust one verdict per method, in the order of the plan
 * @param established what the methods were let say, and what not
 * @param measured the plan's metrics of explanations, in its order
 * @param agreement how far pairs of methods agree
 * @param byTarget the metrics of each explained class; none when the run did not make them
 * @param typical a few ordinary images
 * @param choice which those are, in one sentence
 */
public record Explanations(
        List<ExplanationTrust> trust,
        Established established,
        List<Measured> measured,
        List<PairAgreement> agreement,
        List<GroupMetricRow> byTarget,
        List<ImageExample> typical,
        String choice) {
    /** Those of a run that explains nothing. */
    public static final Explanations NONE = new Explanations(
            List.of(), new Established(List.of(), List.of()), List.of(), List.of(), List.of(), List.of(), "");

    public Explanations {
        trust = List.copyOf(trust);
        measured = List.copyOf(measured);
        agreement = List.copyOf(agreement);
        byTarget = List.copyOf(byTarget);
        typical = List.copyOf(typical);
    }

    /**
     * A metric of the plan.
     *
     * @param name its name in the plan
     * @param text its name with all parameters
     * @param parameters the same text where the run has the name more than once; else empty
     * @param attack whether it changes images by looking for the change that harms most
     */
    public record Measured(String name, String text, String parameters, boolean attack) {}

    /**
     * How far one method agrees with another, on average over the images.
     *
     * @param metric the metric's full text
     * @param metricName its name in the plan
     * @param method what the run calls the one
     * @param other what the run calls the other
     * @param mean the mean
     * @param images how many images it is of
     */
    public record PairAgreement(
            String metric, String metricName, String method, String other, double mean, long images) {}
}
