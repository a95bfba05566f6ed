package dev.tapetum.job.source;

import java.io.Serializable;
import java.util.Iterator;

/**
 * What is counted of a listing: a mergeable state.
 *
 * @param rejected images that were rejected as they were listed
 * @param labelled images that have a label
 */
public record ListingCounts(DatasetDigest digest, long rejected, long labelled) implements Serializable {
    static final ListingCounts NONE = new ListingCounts(DatasetDigest.EMPTY, 0, 0);

    static ListingCounts of(Iterator<ListedImage> images) {
        ListingCounts counts = NONE;

        while (images.hasNext()) {
            ListedImage image = images.next();
            counts = new ListingCounts(
                    counts.digest.plus(image),
                    counts.rejected + (image.reject() == null ? 0 : 1),
                    counts.labelled + (image.label() == null ? 0 : 1));
        }

        return counts;
    }

    ListingCounts plus(ListingCounts other) {
        return new ListingCounts(digest.plus(other.digest), rejected + other.rejected, labelled + other.labelled);
    }
}
