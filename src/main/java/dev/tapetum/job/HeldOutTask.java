package dev.tapetum.job;

import dev.tapetum.prototype.reading.Directions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * How far held-out images lie in the directions, and which features are active in them.
 *
 * @param features those that somebody wants to know of
 */
record HeldOutTask(ReadingSource source, Broadcast<Directions> directions, Set<Integer> features)
        implements MapPartitionsFunction<ReadImage, HeldOutTask.Held> {

    /** One image, public for the encoder. Equality is by identity of the arrays. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Held(int classIndex, String imageId, int[] has, double[] scores, int[] features) {}

    /** @param images by class */
    @Override
    public Iterator<Held> call(Iterator<ReadImage> images) {
        if (!images.hasNext()) {
            return List.<Held>of().iterator();
        }

        SiteReader reader = source.newReader(!features.isEmpty());
        return new ByChunk<>(source.chunks(images), chunk -> held(chunk, reader));
    }

    private List<Held> held(List<ReadingSource.Ready> chunk, SiteReader reader) {
        List<SiteReader.@Nullable Seen> seen =
                reader.of(chunk.stream().map(one -> one.image().pixels()).toList());
        List<Held> held = new ArrayList<>();
        IntStream.range(0, chunk.size()).forEach(i -> {
            SiteReader.Seen one = seen.get(i);
            if (one != null) {
                DecodedImage image = chunk.get(i).image();
                held.add(new Held(
                        chunk.get(i).classIndex(),
                        image.imageId(),
                        source.properties().has(image.attributes()),
                        directions.value().scores(one.values()),
                        Arrays.stream(one.features()).filter(features::contains).toArray()));
            }
        });
        return held;
    }
}
