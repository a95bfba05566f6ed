package dev.tapetum.fairness;

import dev.tapetum.stats.BootstrapDistribution;
import dev.tapetum.stats.Interval;
import dev.tapetum.stats.McNemar;
import dev.tapetum.stats.MinimumDetectable;
import dev.tapetum.stats.PairedTable;
import dev.tapetum.stats.PoissonWeights;
import dev.tapetum.stats.ScoreInterval;
import dev.tapetum.stats.StatisticsSettings;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one metric of one group: a table of four counts where that says all, else the bootstrap of a mean.
 *
 * <p>A yes or no of clustered images has both. Where fewer than five clusters changed, the replicates know too little, and with none they
 * would claim that nothing ever will: then the interval is that of the table as if every cluster were one image with the group's shares,
 * which is cautious, and the test is McNemar's of the clusters that gained more than they lost and those that lost more.
 */
final class ChangeState implements Serializable {
    private static final long serialVersionUID = 1L;

    private final PairedNumber.Kind kind;
    private PairedTable table = PairedTable.EMPTY;

    /** Absent where counts of images that are their own units say all. */
    private final @Nullable PairedMean mean;

    ChangeState(PairedNumber.Kind kind, boolean clustered, PoissonWeights poisson) {
        this.kind = kind;
        this.mean = clustered || !kind.isBinary() ? new PairedMean(clustered, poisson) : null;
    }

    void add(PairedNumber number, String unit, int bucket) {
        if (kind.isBinary()) {
            table = table.plus(PairedTable.of(number.before() != 0, number.after() != 0));
        }

        if (mean != null) {
            mean.add(number, unit, bucket);
        }
    }

    void merge(ChangeState other) {
        table = table.plus(other.table);
        if (mean != null && other.mean != null) {
            mean.merge(other.mean);
        }
    }

    /** The change of a group, whose smallest detectable one goes by how much images of the whole vary. */
    PairedChange change(PairedNumber number, Group group, ChangeState whole, StatisticsSettings settings) {
        long n = n();
        boolean enough = effectiveUnits() >= settings.minGroup();
        BootstrapDistribution distribution = mean == null ? null : mean.change();
        double difference = distribution == null ? table.difference() : distribution.value();
        Change change = new Change(
                number.metric(),
                group,
                n,
                mean == null ? table.before().rate() : mean.before(),
                mean == null ? table.after().rate() : mean.after(),
                difference,
                enough ? interval(distribution, settings.confidence()) : Interval.NONE,
                enough && kind.isTested() ? pValue(distribution, settings.confidence()) : Double.NaN,
                Double.NaN,
                MinimumDetectable.change(whole.deviation(), n, settings.confidence()));
        return kind.isBinary()
                ? new PairedChange(change, number.family(), table.lost(), table.gained())
                : new PairedChange(change, number.family(), null, null);
    }

    private long n() {
        return mean == null ? table.n() : mean.n();
    }

    private double effectiveUnits() {
        return mean == null ? table.n() : mean.effectiveUnits();
    }

    private Interval interval(@Nullable BootstrapDistribution distribution, double confidence) {
        if (distribution != null && !fewChanged()) {
            return distribution.percentile(confidence);
        }

        double units = effectiveUnits();
        if (kind == PairedNumber.Kind.RATE) {
            return ScoreInterval.newcombePaired(table, units, confidence);
        }

        Interval agreement = ScoreInterval.wilson(table.after().outOf(units), confidence);
        return new Interval(agreement.low() - 1, agreement.high() - 1, agreement.method());
    }

    private double pValue(@Nullable BootstrapDistribution distribution, double confidence) {
        if (distribution == null || mean == null) {
            return McNemar.pValue(table);
        }

        return fewChanged()
                ? McNemar.pValue(new PairedTable(0, mean.lost(), mean.gained(), 1))
                : distribution.pValue(confidence);
    }

    /** Whether the bootstrap of clusters knows too little of a yes or no. */
    private boolean fewChanged() {
        return kind.isBinary() && mean != null && mean.lost() + mean.gained() < RateEstimator.FEW;
    }

    /** The standard deviation of the change of one image; NaN where nothing tells it, as when no image changed. */
    private double deviation() {
        if (mean == null) {
            return table.deviation();
        } else if (fewChanged()) {
            double units = effectiveUnits();
            return table.deviation(units) * Math.sqrt(table.n() / units);
        }

        double error = mean.change().standardError() * Math.sqrt((double) mean.n());
        return error > 0 ? error : Double.NaN;
    }
}
