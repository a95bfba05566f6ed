package dev.tapetum.job;

import dev.tapetum.job.source.IndexedImage;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that goes into the judgement of a class, public for the encoder: an image or a drawing.
 *
 * @param classIndex the class that is judged, of which an image need not be
 * @param side the turn of a {@link Side}
 * @param place what the things of a side are ordered by
 * @param image null for a drawing
 * @param drawn null for an image
 */
public record PathItem(
        int classIndex,
        int side,
        String place,
        @Nullable IndexedImage image,
        @Nullable DrawnRow drawn) implements Serializable {

    public PathItem {
        Objects.requireNonNull(place, "place");
        if ((image == null) == (drawn == null)) {
            throw new IllegalArgumentException("Either an image or a drawing is judged");
        }
    }
}
