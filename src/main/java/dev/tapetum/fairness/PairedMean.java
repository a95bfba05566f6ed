package dev.tapetum.fairness;

import dev.tapetum.stats.BootstrapDistribution;
import dev.tapetum.stats.MomentSums;
import dev.tapetum.stats.PoissonWeights;
import dev.tapetum.stats.UnitSketch;
import java.io.Serializable;

/**
 * The mean of a number before and after, and the bootstrap of its change: images (or clusters) are drawn with both of their
 * numbers, so that what they have in common cancels (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 8,
 * the paired case).
 */
final class PairedMean implements Serializable {
    private static final long serialVersionUID = 1L;

    private final boolean clustered;
    private final MomentSums before;
    private final MomentSums after;
    private final MomentSums changes;
    private final UnitSketch clusters = new UnitSketch(SummaryState.COUNTED_CLUSTERS);

    PairedMean(boolean clustered, PoissonWeights poisson) {
        this.clustered = clustered;
        this.before = new MomentSums(poisson);
        this.after = new MomentSums(poisson);
        this.changes = new MomentSums(poisson);
    }

    /**
     * @param unit the image, or the cluster where there are any
     * @param bucket of the unit
     */
    void add(PairedNumber number, String unit, int bucket) {
        before.add(number.before(), number.images(), bucket);
        after.add(number.after(), number.images(), bucket);
        changes.add(BootstrapDistribution.difference(number.after(), number.before()), number.images(), bucket);
        if (clustered) {
            clusters.add(unit);
        }
    }

    void merge(PairedMean other) {
        before.merge(other.before);
        after.merge(other.after);
        changes.merge(other.changes);
        clusters.merge(other.clusters);
    }

    long n() {
        return changes.n();
    }

    double before() {
        return before.mean(n()).value();
    }

    double after() {
        return after.mean(n()).value();
    }

    /** How many units that all stand for equally many images would tell as much. */
    double effectiveUnits() {
        return clustered ? changes.effectiveClusters(Math.min(n(), clusters.count())) : changes.effectiveImages();
    }

    /** How many clusters gained more than they lost, as far as no two of them share a bucket. */
    int gained() {
        return changes.buckets(1);
    }

    /** How many clusters lost more than they gained, likewise. */
    int lost() {
        return changes.buckets(-1);
    }

    BootstrapDistribution change() {
        return changes.mean(effectiveUnits());
    }
}
