package dev.tapetum.fairness;

import dev.tapetum.stats.FalseDiscoveryRate;
import dev.tapetum.stats.FisherExact;
import dev.tapetum.stats.Interval;
import dev.tapetum.stats.LogOdds;
import dev.tapetum.stats.SparseRanks;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a feature goes along with a group of images: is it active more often, and more strongly, than in the others?
 *
 * @param n images of the group
 * @param referenceN images of the others
 * @param active images of the group in which the feature is active
 * @param referenceActive images of the others in which it is
 * @param auroc of the largest activation, inactive being 0
 * @param logOdds of being active, against the others
 * @param interval of the log odds; none where images are not independent
 * @param pValue of Fisher's exact test of equal activity; NaN where images are not independent
 * @param qValue the p-value corrected over all associations of a run
 */
public record FeatureAssociation(
        int feature,
        Group group,
        long n,
        long referenceN,
        long active,
        long referenceActive,
        double auroc,
        double logOdds,
        Interval interval,
        double pValue,
        double qValue) {

    /**
     * Of one feature and group, without a q-value yet.
     *
     * @param ranks of the group's activations
     * @param all images of the group and the others
     * @param allActive how many of them the feature is active in
     * @param independent whether images are: with clusters, such as patients, counts say too much, so that nothing is tested
     */
    public static FeatureAssociation of(
            int feature,
            Group group,
            SparseRanks ranks,
            long all,
            long allActive,
            double confidence,
            boolean independent) {
        long others = all - ranks.n();
        long otherActive = allActive - ranks.positive();
        LogOdds odds = LogOdds.of(ranks.positive(), ranks.n(), otherActive, others);
        return new FeatureAssociation(
                feature,
                group,
                ranks.n(),
                others,
                ranks.positive(),
                otherActive,
                ranks.auroc(all, allActive),
                odds.value(),
                independent ? odds.interval(confidence) : Interval.NONE,
                independent ? FisherExact.pValue(ranks.positive(), ranks.n(), otherActive, others) : Double.NaN,
                Double.NaN);
    }

    /** With their q-values: all of a run are one family for Benjamini and Hochberg. */
    public static List<FeatureAssociation> corrected(List<FeatureAssociation> associations) {
        double[] qValues = FalseDiscoveryRate.benjaminiHochberg(
                associations.stream().mapToDouble(FeatureAssociation::pValue).toArray());
        return IntStream.range(0, qValues.length)
                .mapToObj(i -> associations.get(i).withQValue(qValues[i]))
                .toList();
    }

    private FeatureAssociation withQValue(double q) {
        return new FeatureAssociation(
                feature, group, n, referenceN, active, referenceActive, auroc, logOdds, interval, pValue, q);
    }
}
