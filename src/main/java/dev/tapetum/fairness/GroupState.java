package dev.tapetum.fairness;

import dev.tapetum.stats.CalibrationBins;
import dev.tapetum.stats.UnitSketch;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/** Everything that is kept of the images of one group, in a size that does not depend on their number. */
final class GroupState implements Serializable {
    private static final long serialVersionUID = 1L;

    private final boolean clustered;
    private final int replicates;
    private final Tallies tallies;
    private final CalibrationBins calibration;
    private final TreeMap<String, SummaryState> summaries = new TreeMap<>();
    private final UnitSketch clusters = new UnitSketch();

    GroupState(GroupLayout layout, int replicates) {
        this(
                layout.clustered(),
                replicates,
                new Tallies(layout.classes().size(), layout.features(), layout.clustered() ? replicates : 0),
                new CalibrationBins(replicates));
    }

    private GroupState(boolean clustered, int replicates, Tallies tallies, CalibrationBins calibration) {
        this.clustered = clustered;
        this.replicates = replicates;
        this.tallies = tallies;
        this.calibration = calibration;
    }

    void add(Observation image, double[] unitWeights) {
        tallies.add(image, unitWeights);
        if (clustered) {
            clusters.add(image.unit());
        }

        if (image.rejected()) {
            return;
        }

        summary(SummaryMoment.CONFIDENCE).add(image, image.confidence(), 1, unitWeights);
        if (image.label() != Observation.UNKNOWN) {
            calibration.add(image.confidence(), image.label() == image.predicted(), unitWeights);
        }

        addSummaries(image, unitWeights);
        addResponses(image, unitWeights);
    }

    /** Adds what interventions told of an image, and nothing else. */
    void addResponses(Observation image, double[] unitWeights) {
        double images = image.responses().images();
        image.responses().values().forEach((name, value) -> summary(name).add(image, value, images, unitWeights));
    }

    /** Adds what explanations say of an image, and nothing of what the model said. */
    void addExplanations(Observation image, double[] unitWeights) {
        if (clustered) {
            clusters.add(image.unit());
        }

        addSummaries(image, unitWeights);
    }

    private void addSummaries(Observation image, double[] unitWeights) {
        for (Map.Entry<String, Double> entry : image.summaries().entrySet()) {
            summary(entry.getKey()).add(image, entry.getValue(), 1, unitWeights);
        }
    }

    private SummaryState summary(String name) {
        return summaries.computeIfAbsent(name, absent -> new SummaryState(clustered, replicates));
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
        GroupState rest = new GroupState(
                clustered, replicates, tallies.minus(other.tallies), calibration.minus(other.calibration));
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
        return state == null ? new SummaryState(clustered, replicates) : state;
    }

    Iterable<String> summaryNames() {
        return summaries.keySet();
    }

    /** How many independent units stand behind n of the group's images; what is of a summary counts its own. */
    long units(long n) {
        return clustered ? Math.min(n, clusters.count()) : n;
    }
}
