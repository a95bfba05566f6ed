package dev.tapetum.job;

import dev.tapetum.job.source.IndexedImage;
import dev.tapetum.job.source.ListedImage;
import dev.tapetum.probe.Cost;
import dev.tapetum.table.DecodedPart;
import dev.tapetum.table.EvidenceRow;
import dev.tapetum.table.RejectPart;
import org.jspecify.annotations.Nullable;

/**
 * An image before the model sees it: ready, or rejected.
 *
 * @param labelIndex index of the label among the model's classes, or −1
 * @param decoded what decoding told; null when it did not come to that
 * @param image what goes to the model; null exactly when there is a reject
 */
record Prepared(
        IndexedImage indexed,
        int labelIndex,
        @Nullable DecodedPart decoded,
        @Nullable DecodedImage image,
        @Nullable RejectPart reject) {

    /** Lets go of the encoded image: many may wait for their rows to be taken. */
    Prepared {
        indexed = indexed.withoutContent();
    }

    /** The evidence of an image that never reached the model. */
    EvidenceRow rejected() {
        return row(ImageAudit.Scored.rejected(reject), Cost.NONE);
    }

    /** The evidence of an image that did. */
    EvidenceRow row(ImageAudit.Scored scored, Cost cost) {
        ListedImage listed = indexed.image();
        return new EvidenceRow(
                listed.imageId(),
                listed.uri(),
                indexed.shard(),
                listed.label(),
                labelIndex < 0 ? null : labelIndex,
                listed.attributes(),
                listed.cluster(),
                decoded,
                scored.reject(),
                scored.prediction(),
                scored.attributions(),
                scored.interventions(),
                scored.features(),
                scored.featureEffects(),
                cost.forwardAsked(),
                cost.forwardMade(),
                cost.gradientAsked(),
                cost.gradientMade());
    }
}
