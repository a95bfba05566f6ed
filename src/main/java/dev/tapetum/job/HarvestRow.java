package dev.tapetum.job;

import dev.tapetum.table.ActivationRow;
import dev.tapetum.table.RejectPart;
import org.jspecify.annotations.Nullable;

/**
 * What a harvest keeps of an image, public for the encoder.
 *
 * @param shard of the image
 * @param activation its tokens; null exactly when there is a reject
 */
public record HarvestRow(
        int shard,
        String imageId,
        @Nullable ActivationRow activation,
        @Nullable RejectPart reject) {

    public HarvestRow {
        if ((activation == null) == (reject == null)) {
            throw new IllegalArgumentException(imageId + " is either harvested or rejected");
        }
    }
}
