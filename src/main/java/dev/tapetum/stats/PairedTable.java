package dev.tapetum.stats;

import java.io.Serializable;

/**
 * A yes or no asked twice of the same images: how often the answers were which.
 *
 * @param both yes both times
 * @param lost yes only the first time
 * @param gained yes only the second time
 * @param neither no both times
 */
public record PairedTable(long both, long lost, long gained, long neither) implements Serializable {
    /** No images. */
    public static final PairedTable EMPTY = new PairedTable(0, 0, 0, 0);

    public PairedTable {
        if (both < 0 || lost < 0 || gained < 0 || neither < 0) {
            throw new IllegalArgumentException(
                    "a table of " + both + ", " + lost + ", " + gained + " and " + neither + " pairs");
        }
    }

    /** The table of one pair. */
    public static PairedTable of(boolean before, boolean after) {
        return new PairedTable(
                before && after ? 1 : 0, before && !after ? 1 : 0, !before && after ? 1 : 0, !before && !after ? 1 : 0);
    }

    /** This table and one of other images. */
    public PairedTable plus(PairedTable other) {
        return new PairedTable(both + other.both, lost + other.lost, gained + other.gained, neither + other.neither);
    }

    /** The number of pairs. */
    public long n() {
        return both + lost + gained + neither;
    }

    /** Yes the first time. */
    public Proportion before() {
        return new Proportion(both + lost, n());
    }

    /** Yes the second time. */
    public Proportion after() {
        return new Proportion(both + gained, n());
    }

    /** The second share less the first, NaN without pairs. */
    public double difference() {
        return n() == 0 ? Double.NaN : (double) (gained - lost) / n();
    }

    /**
     * The standard deviation per pair of gained less lost: √((b + c)/n − ((c − b)/n)²), with half a pair added to each cell
     * as in Agresti and Min 2005, so that a table without any change does not claim that the smallest one would have been seen.
     * NaN without pairs.
     */
    public double deviation() {
        return deviation(n());
    }

    /** The same as if the table were of so many pairs with the same shares of answers. */
    public double deviation(double ofPairs) {
        if (n() == 0) {
            return Double.NaN;
        }

        double each = ofPairs / n();
        double pairs = ofPairs + 2;
        double discordant = (each * (lost + gained) + 1) / pairs;
        double shift = each * (gained - lost) / pairs;
        return Math.sqrt(discordant - shift * shift);
    }
}
