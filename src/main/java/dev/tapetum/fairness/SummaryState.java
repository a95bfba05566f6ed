package dev.tapetum.fairness;

import dev.tapetum.stats.BootstrapDistribution;
import dev.tapetum.stats.MomentSums;
import dev.tapetum.stats.PoissonWeights;
import dev.tapetum.stats.UnitSketch;
import java.io.Serializable;

/**
 * What is kept of one number of the images of one group: its sums, and which clusters the images come from that have it. Those
 * may be far fewer than the group's, for an intervention on a sample of the images or on those with a mask.
 */
final class SummaryState implements Serializable {
    private static final long serialVersionUID = 1L;

    /** 8 kB; beyond so many clusters their count is off by some 3%, which no interval shows. */
    static final int COUNTED_CLUSTERS = 1024;

    private final boolean clustered;
    private final MomentSums sums;
    private final UnitSketch clusters = new UnitSketch(COUNTED_CLUSTERS);

    SummaryState(boolean clustered, PoissonWeights poisson) {
        this(clustered, new MomentSums(poisson));
    }

    private SummaryState(boolean clustered, MomentSums sums) {
        this.clustered = clustered;
        this.sums = sums;
    }

    /** Adds the number of an image that stands for so many and whose unit is in this bucket; one that is not finite is none. */
    void add(Observation image, double value, double images, int bucket) {
        sums.add(value, images, bucket);
        if (clustered && Double.isFinite(value)) {
            clusters.add(image.unit());
        }
    }

    void merge(SummaryState other) {
        sums.merge(other.sums);
        mergeClusters(other);
    }

    /** See {@link GroupState#mergeClusters}. */
    void mergeClusters(SummaryState other) {
        clusters.merge(other.clusters);
    }

    /** The images of this state that are not in the other, without any clusters yet. */
    SummaryState minus(SummaryState other) {
        return new SummaryState(clustered, sums.minus(other.sums));
    }

    /** How many images have the number. */
    long n() {
        return sums.n();
    }

    /** From how many independent units they come: clusters where there are any, beyond 1,024 estimated; else images. */
    long units() {
        return clustered ? Math.min(n(), clusters.count()) : n();
    }

    /**
     * How many units that all stand for equally many images would tell as much, by Kish: exactly where images are the units
     * ({@link MomentSums#effectiveImages}); to some 3% where clusters are, each of which stands for as many images as all
     * of its own together ({@link MomentSums#effectiveClusters}). Student's t and min-group go by it; the replicates of the
     * bootstrap carry the weights themselves.
     */
    double effectiveUnits() {
        return clustered ? sums.effectiveClusters(units()) : sums.effectiveImages();
    }

    BootstrapDistribution mean() {
        return sums.mean(effectiveUnits());
    }

    BootstrapDistribution spread() {
        return sums.spread(effectiveUnits());
    }

    /** See {@link MomentSums#forget}. */
    void forget() {
        sums.forget();
    }
}
