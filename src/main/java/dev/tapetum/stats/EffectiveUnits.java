package dev.tapetum.stats;

/**
 * How many units that all stand for equally many images would tell as much: {@code (Σw)² / Σw²} (Kish 1965, "Survey Sampling",
 * section 11.7), where {@code w} is how many images a unit stands for, itself an image or a cluster of them.
 */
public final class EffectiveUnits {

    /** Equal weights give all units, which sums of rounded numbers may miss by this share. */
    private static final double ROUNDING = 1e-12;

    private EffectiveUnits() {}

    /**
     * The same of clusters of which only the sums of the buckets of {@link PoissonWeights} are known. The images of a cluster share a bucket,
     * and the expectation of the squared weights of buckets over the hashes is {@code E Σ_b w_b² = Σ_u w_u² + (W² − Σ_u w_u²)/B} with
     * {@code w_u} the images that cluster u stands for and W all of them; so {@code Σ_u w_u²} is estimated as {@code (Σ_b w_b² − W²/B)/(1 −
     * 1/B)}, and taken to be at least {@code W²/clusters}, which it cannot be below. By the derivation in {@link PoissonWeights} the number is
     * known to √(2/B) = 3.1% of itself where no cluster outweighs the others, and better where one does: it shares its bucket with few.
     *
     * @param clusters how many there are, which it does not exceed
     * @param w W
     * @param ofBuckets Σ_b w_b²
     */
    public static double ofClusters(long clusters, double w, double ofBuckets) {
        double chance = 1.0 / PoissonWeights.BUCKETS;
        double ofClusters = (ofBuckets - w * w * chance) / (1 - chance);
        return of(clusters, w, Math.max(ofClusters, w * w / clusters));
    }

    /**
     * From how many of these clusters the images come that lie in so many of their buckets. With u clusters {@code B(1 − exp(−u/B))} buckets
     * are expected to be in use, so that u is some {@code −B ln(1 − used/B)} (linear counting: Whang, Vander-Zanden and Taylor, "A
     * linear-time probabilistic counting algorithm for database applications", ACM TODS 15, 1990). The ratio of two such counts is exact
     * where either is small and where both are the same.
     *
     * @param clusters how many there are in all
     * @param used in how many buckets the images lie
     * @param all in how many buckets those of all clusters do
     */
    public static long clustersIn(long clusters, int used, int all) {
        return used == all ? clusters : Math.max(used, Math.round(clusters * counted(used) / counted(all)));
    }

    private static double counted(int buckets) {
        // Half a bucket is left where all are in use.
        return -Math.log1p(-Math.min(buckets, PoissonWeights.BUCKETS - 0.5) / PoissonWeights.BUCKETS);
    }

    /**
     * Kish's number, at most {@code units}; 0 without any.
     *
     * @param w Σw
     * @param ww Σw²
     */
    static double of(long units, double w, double ww) {
        return units == 0 ? 0 : Math.min((double) units, w * w / ww * (1 + ROUNDING));
    }
}
