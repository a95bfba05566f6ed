package dev.tapetum.fairness;

import dev.tapetum.stats.CalibrationBins;
import dev.tapetum.stats.PoissonWeights;
import dev.tapetum.stats.UnitSketch;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/** Everything that is kept of the images of one group, in a size that does not depend on their number. */
final class GroupState implements Serializable {
    private static final long serialVersionUID = 1L;

    private final boolean clustered;
    private final PoissonWeights poisson;
    private final Tallies tallies;
    private final CalibrationBins calibration;
    private final TreeMap<String, SummaryState> summaries = new TreeMap<>();
    private final UnitSketch clusters = new UnitSketch();

    GroupState(GroupLayout layout, PoissonWeights poisson) {
        this(
                layout.clustered(),
                poisson,
                new Tallies(layout.classes().size(), layout.features(), layout.clustered(), poisson),
                new CalibrationBins(poisson));
    }

    private GroupState(boolean clustered, PoissonWeights poisson, Tallies tallies, CalibrationBins calibration) {
        this.clustered = clustered;
        this.poisson = poisson;
        this.tallies = tallies;
        this.calibration = calibration;
    }

    /** Adds an image whose unit is in this bucket of {@link PoissonWeights}. */
    void add(Observation image, int bucket) {
        tallies.add(image, bucket);
        if (clustered) {
            clusters.add(image.unit());
        }

        if (image.rejected()) {
            return;
        }

        summary(SummaryMoment.CONFIDENCE).add(image, image.confidence(), 1, bucket);
        if (image.label() != Observation.UNKNOWN) {
            calibration.add(image.confidence(), image.label() == image.predicted(), bucket);
        }

        addSummaries(image, bucket);
        addResponses(image, bucket);
    }

    /** Adds what interventions told of an image, and nothing else. */
    void addResponses(Observation image, int bucket) {
        double images = image.responses().images();
        image.responses().values().forEach((name, value) -> summary(name).add(image, value, images, bucket));
    }

    /** Adds what explanations say of an image, and nothing of what the model said. */
    void addExplanations(Observation image, int bucket) {
        if (clustered) {
            clusters.add(image.unit());
        }

        addSummaries(image, bucket);
    }

    private void addSummaries(Observation image, int bucket) {
        for (Map.Entry<String, Double> entry : image.summaries().entrySet()) {
            summary(entry.getKey()).add(image, entry.getValue(), 1, bucket);
        }
    }

    private SummaryState summary(String name) {
        return summaries.computeIfAbsent(name, absent -> new SummaryState(clustered, poisson));
    }

    void merge(GroupState other) {
        tallies.merge(other.tallies);
        calibration.merge(other.calibration);
        other.summaries.forEach((name, state) -> summary(name).merge(state));
        clusters.merge(other.clusters);
    }

    /** The clusters of another group besides one's own: sketches merge, but nothing can be taken out of them. */
    void mergeClusters(GroupState other) {
        clusters.merge(other.clusters);
        other.summaries.forEach((name, state) -> summary(name).mergeClusters(state));
    }

    /** The images of this group that are not in the other, which lies within it; without any clusters yet. */
    GroupState minus(GroupState other) {
        GroupState rest =
                new GroupState(clustered, poisson, tallies.minus(other.tallies), calibration.minus(other.calibration));
        summaries.forEach((name, state) -> rest.summaries.put(name, state.minus(other.ofSummary(name))));
        return rest;
    }

    Tallies tallies() {
        return tallies;
    }

    CalibrationBins calibration() {
        return calibration;
    }

    /** What is kept of a summary, empty when no image of the group has it. */
    SummaryState ofSummary(String name) {
        SummaryState state = summaries.get(name);
        return state == null ? new SummaryState(clustered, poisson) : state;
    }

    /** Lets go of the replicates, which are several times what they are made of; whoever asks again has them made again. */
    void forget() {
        tallies.forget();
        calibration.forget();
        summaries.values().forEach(SummaryState::forget);
    }

    Iterable<String> summaryNames() {
        return summaries.keySet();
    }

    /** From how many independent units the images of a rate come; what is of a summary counts its own. */
    long units(Rate rate) {
        return clustered ? tallies.clusters(rate.trials(), clusters.count()) : tallies.trials(rate);
    }

    /** How many units of equally many trials of the rate would tell as much. */
    double effectiveUnits(Rate rate) {
        return clustered ? tallies.effectiveClusters(rate.trials(), units(rate)) : tallies.trials(rate);
    }
}
