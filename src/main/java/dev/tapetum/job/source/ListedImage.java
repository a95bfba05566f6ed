package dev.tapetum.job.source;

import static java.util.Objects.requireNonNull;

import dev.tapetum.table.RejectPart;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One image that the dataset names, before any of its bytes was looked at.
 *
 * <p>Its bytes are {@code content} when they came with a table, else those of {@code file}; with neither, the table has
 * the image's row but no image. {@link ImageBytes} reads them. Two rows with content are equal only when they share the
 * very array.
 *
 * @param imageId what the image is called in every table; unique within an {@link ImageIndex}
 * @param uri where the image is, for people; a tar member is {@code …/shard.tar#member}
 * @param file where the image's bytes lie; null when they are at hand, or nowhere
 * @param content the image's bytes; null when they lie in a file, or nowhere
 * @param label the true class as the dataset gives it; null when it gives none
 * @param attributes values by name; one that the dataset leaves empty is absent
 * @param cluster the unit of resampling; null when the dataset gives none
 * @param maskFile where the bytes of the image's mask lie; null without one, or when they are at hand
 * @param maskContent the bytes of the image's mask; null without one, or when they lie in a file
 * @param reject why the image cannot even be read; null for nearly all
 */
public record ListedImage(
        String imageId,
        String uri,
        @Nullable FileRange file,
        byte @Nullable [] content,
        @Nullable String label,
        Map<String, String> attributes,
        @Nullable String cluster,
        @Nullable FileRange maskFile,
        byte @Nullable [] maskContent,
        @Nullable RejectPart reject)
        implements Serializable {
    public ListedImage {
        requireNonNull(imageId, "imageId");
        requireNonNull(uri, "uri");
        // In order of name and not Map.copyOf, whose order changes from one JVM to the next.
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }
}
