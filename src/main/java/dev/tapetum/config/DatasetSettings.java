package dev.tapetum.config;

import dev.tapetum.image.DecodeLimits;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The images and what is known of them. Exactly one of {@code images}, {@code manifest}, {@code parquet} and
 * {@code webdataset} is given; {@link #source()} is that one.
 *
 * <p>Columns are those of the table, and for the sources without a table: {@code path}, {@code folder} (the name of the
 * folder right above a file), for files {@code NAME} of each folder {@code NAME=value} above, and for WebDataset
 * {@code __key__}, the entries of the sample's JSON, and the texts of its members by extension, such as {@code cls}.
 *
 * @param images a folder or glob of image files
 * @param manifest a CSV or Parquet table of image files
 * @param parquet a Parquet table with encoded images in it
 * @param webdataset a folder or glob of tar shards
 * @param root the folder from which a manifest's paths start; only with a manifest
 * @param path the column of a manifest that has the file's path
 * @param content the binary column of a Parquet table that has the encoded image
 * @param imageId the column whose value names the image in every table; it must be unique
 * @param label the column of the true class, by name or index; null when there is none
 * @param attributes the columns whose values form the groups that are compared
 * @param cluster the column of what images are taken of (patient, video), the unit of resampling; null for the image
 * @param mask the column of the path of a mask of the relevant region; null when there is none
 * @param sample how many images are audited; null for all
 * @param limits what an encoded image may be at most
 */
public record DatasetSettings(
        @Nullable String images,
        @Nullable String manifest,
        @Nullable String parquet,
        @Nullable String webdataset,
        @Nullable String root,
        String path,
        String content,
        String imageId,
        @Nullable String label,
        List<String> attributes,
        @Nullable String cluster,
        @Nullable String mask,
        @Nullable Sample sample,
        DecodeLimits limits)
        implements Serializable {
    private static final String SOURCES = "images, manifest, parquet and webdataset";

    public DatasetSettings {
        Require.text("images", images);
        Require.text("manifest", manifest);
        Require.text("parquet", parquet);
        Require.text("webdataset", webdataset);
        Require.text("root", root);
        Require.text("path", path);
        Require.text("content", content);
        Require.text("image-id", imageId);
        Require.text("label", label);
        Require.text("cluster", cluster);
        Require.text("mask", mask);
        attributes = List.copyOf(attributes);
        Require.noDuplicates("attributes", attributes);

        for (int i = 0; i < attributes.size(); i++) {
            Require.text("attributes[" + i + "]", attributes.get(i));
        }

        long sources = Stream.of(images, manifest, parquet, webdataset)
                .filter(Objects::nonNull)
                .count();
        Require.that(sources > 0, "one of " + SOURCES + " must say where the images are");
        Require.that(sources == 1, "only one of " + SOURCES + " may say where the images are, not " + sources);
        Require.that(root == null || manifest != null, "root is for the paths of a manifest, and there is none");
    }

    /** Where the images come from. */
    public Source source() {
        if (images != null) {
            return new Source.ImageFiles(images);
        } else if (manifest != null) {
            return new Source.ManifestFiles(manifest, root, path);
        } else if (parquet != null) {
            return new Source.ParquetTable(parquet, content);
        } else {
            return new Source.WebDatasetShards(Objects.requireNonNull(webdataset, "webdataset"));
        }
    }
}
