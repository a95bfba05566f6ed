package dev.tapetum.job.source;

import java.io.Serializable;
import java.util.List;
import java.util.function.Predicate;

/**
 * A listed image and the shard that it fell into.
 *
 * @param shard from 0; a function of the image's id and the number of images alone
 * @param series the edited images that the user has of it
 */
public record IndexedImage(int shard, ListedImage image, List<SeriesImage> series) implements Serializable {
    public IndexedImage {
        series = List.copyOf(series);
    }

    /** An image of which the user has no edited ones. */
    public IndexedImage(int shard, ListedImage image) {
        this(shard, image, List.of());
    }

    /** The same with those of the edited images that somebody will look at. */
    public IndexedImage withSeries(Predicate<SeriesImage> wanted) {
        return series.isEmpty()
                ? this
                : new IndexedImage(shard, image, series.stream().filter(wanted).toList());
    }

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
                        image.reject()),
                series);
    }
}
