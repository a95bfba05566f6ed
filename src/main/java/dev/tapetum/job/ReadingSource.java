package dev.tapetum.job;

import dev.tapetum.job.source.IndexedImage;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Device;
import dev.tapetum.prototype.reading.ReadProperties;
import dev.tapetum.prototype.reading.Sites;
import java.io.Serializable;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * What every task needs that reads drawings, or the images that they are read by.
 *
 * @param images how a task gets at pictures and at the model
 * @param properties that are looked for
 * @param features the autoencoder; null without one
 */
record ReadingSource(
        TokenSource images,
        ModelCard card,
        ReadProperties properties,
        @Nullable FeatureSource features,
        Progress.Counters counters)
        implements Serializable {

    /** An image of a class that can be used. */
    record Ready(int classIndex, DecodedImage image) {}

    Sites sites() {
        return Sites.of(card);
    }

    /**
     * What looks at pictures, for as long as the task goes on.
     *
     * @param withFeatures whether the autoencoder is asked as well
     */
    SiteReader newReader(boolean withFeatures) {
        Device device = images.newDevice(counters);
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) done -> device.close());
        return new SiteReader(sites(), withFeatures ? features : null, device, counters.evaluations()::add);
    }

    /** The images of a task, class by class, without those that cannot be used, decoded while the device works on earlier ones. */
    ClassChunks<Ready> chunks(Iterator<ReadImage> listed) {
        ImagePreparation preparation = images.preparation();
        DecodeAhead<ReadImage, Decoded> decoded =
                new DecodeAhead<>(listed, one -> decoded(one, preparation), Paths.IMAGES);
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) done -> decoded.close());
        return new ClassChunks<>(new Usable(decoded), Ready::classIndex, Paths.IMAGES);
    }

    private record Decoded(int classIndex, @Nullable DecodedImage image) {}

    private static Decoded decoded(ReadImage one, ImagePreparation preparation) {
        IndexedImage image = one.image().withSeries(edited -> false);
        return new Decoded(one.classIndex(), preparation.prepare(image).image());
    }

    private final class Usable implements Iterator<Ready> {
        private final Iterator<Decoded> decoded;
        private @Nullable Ready next;

        Usable(Iterator<Decoded> decoded) {
            this.decoded = decoded;
        }

        @Override
        public boolean hasNext() {
            while (next == null && decoded.hasNext()) {
                Decoded one = decoded.next();
                counters.count(one.image == null);
                if (one.image != null) {
                    next = new Ready(one.classIndex, one.image);
                }
            }

            return next != null;
        }

        @Override
        public Ready next() {
            Ready ready = hasNext() ? next : null;
            if (ready == null) {
                throw new NoSuchElementException();
            }

            next = null;
            return ready;
        }
    }
}
