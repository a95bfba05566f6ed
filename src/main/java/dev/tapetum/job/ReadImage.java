package dev.tapetum.job;

import dev.tapetum.job.source.IndexedImage;
import java.io.Serializable;
import java.util.Objects;

/** An image of a class by which drawings are read, public for the encoder. */
public record ReadImage(int classIndex, IndexedImage image) implements Serializable {
    public ReadImage {
        Objects.requireNonNull(image, "image");
    }
}
