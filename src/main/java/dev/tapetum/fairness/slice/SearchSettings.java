package dev.tapetum.fairness.slice;

import java.io.Serializable;

/**
 * What a search looks for.
 *
 * @param depth the most conditions of a slice, at least 1
 * @param top the most slices that are kept, at least 1
 * @param minSupport the smallest share of the images that a slice has, between 0 and 1
 * @param minImages the fewest images that a slice has, at least 1
 * @param alpha {@link Score}
 */
public record SearchSettings(int depth, int top, double minSupport, int minImages, double alpha)
        implements Serializable {
    public SearchSettings {
        if (depth < 1
                || top < 1
                || !(minSupport > 0 && minSupport < 1)
                || minImages < 1
                || !(alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException("no search: depth " + depth + ", top " + top + ", min-support "
                    + minSupport + ", fewest images " + minImages + ", alpha " + alpha);
        }
    }

    /** The fewest images of a slice among so many. */
    long fewest(long images) {
        return Math.max(minImages, (long) Math.ceil(minSupport * images));
    }
}
