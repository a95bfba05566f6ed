package dev.tapetum.fairness;

import dev.tapetum.stats.BootstrapDistribution;
import dev.tapetum.stats.ExactSum;
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
    private final MomentSums changes;

    /** Of before and after nothing but the mean is told, which takes no bootstrap. */
    private final ExactSum before = new ExactSum();

    private final ExactSum after = new ExactSum();
    private final ExactSum images = new ExactSum();
    private final UnitSketch clusters = new UnitSketch(SummaryState.COUNTED_CLUSTERS);

    PairedMean(boolean clustered, PoissonWeights poisson) {
        this.clustered = clustered;
        this.changes = new MomentSums(poisson);
    }

    /**
     * @param unit the image, or the cluster where there are any
     * @param bucket of the unit
     */
    void add(PairedNumber number, String unit, int bucket) {
        before.add(number.images() * number.before());
        after.add(number.images() * number.after());
        images.add(number.images());
        changes.add(BootstrapDistribution.difference(number.after(), number.before()), number.images(), bucket);
        if (clustered) {
            clusters.add(unit);
        }
    }

    void merge(PairedMean other) {
        before.accumulate(other.before, 1);
        after.accumulate(other.after, 1);
        images.accumulate(other.images, 1);
        changes.merge(other.changes);
        clusters.merge(other.clusters);
    }

    long n() {
        return changes.n();
    }

    double before() {
        return mean(before);
    }

    double after() {
        return mean(after);
    }

    private double mean(ExactSum sum) {
        return n() == 0 ? Double.NaN : sum.value() / images.value();
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
