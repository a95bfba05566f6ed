package dev.tapetum.job.source;

import java.io.Serializable;

/**
 * A listed image and the shard that it fell into.
 *
 * @param shard from 0; a function of the image's id and the number of images alone
 */
public record IndexedImage(int shard, ListedImage image) implements Serializable {
    /** The same without the bytes that came with it, for those who have read them. */
    public IndexedImage withoutContent() {
        return new IndexedImage(
                shard,
                new ListedImage(
                        image.imageId(),
                        image.uri(),
                        image.file(),
                        null,
                        image.label(),
                        image.attributes(),
                        image.cluster(),
                        image.maskFile(),
                        null,
                        image.reject()));
    }
}
