package dev.tapetum.job.source;

import dev.tapetum.UserError;
import dev.tapetum.config.DatasetSettings;
import dev.tapetum.config.Source;
import dev.tapetum.table.RecordEncoder;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Image files of a folder or glob. Every file counts as an image, whatever its name: what is none is rejected when it is
 * decoded, and so is counted. Only hidden files are left out ({@link FolderWalk#isHidden}).
 *
 * <p>A file's columns are {@code path} (relative to the folder), {@code folder} (the name of the folder right above),
 * and {@code NAME} for every folder above that is called {@code NAME=value}, as Spark lays out partitions.
 */
final class FileListing {
    private FileListing() {}

    static Listing of(SparkSession spark, HadoopSettings hadoop, Source.ImageFiles source, DatasetSettings dataset) {
        if (dataset.mask() != null) {
            throw new UserError("dataset.mask needs a table to stand in: list the images and masks in a manifest");
        }

        FileTree tree = FileTree.at(hadoop, source.images(), "dataset.images");
        MapFunction<FolderEntry, ListedImage> listed = entry -> listed(tree, entry, dataset);

        return new Listing(
                tree.files(spark).map(listed, RecordEncoder.of(ListedImage.class)), source.images(), false, dataset);
    }

    private static ListedImage listed(FileTree tree, FolderEntry entry, DatasetSettings dataset) {
        String id = value(entry, dataset.imageId());
        Map<String, String> attributes = new TreeMap<>();

        for (String name : dataset.attributes()) {
            String value = value(entry, name);

            if (value != null) {
                attributes.put(name, value);
            }
        }

        String path = tree.path(entry);
        return new ListedImage(
                id == null ? entry.name() : id,
                path,
                new FileRange(path, 0, entry.length()),
                null,
                value(entry, dataset.label()),
                attributes,
                value(entry, dataset.cluster()),
                null,
                null,
                null);
    }

    /** What an entry's path says under a column's name; null when it says nothing. */
    static @Nullable String value(FolderEntry entry, @Nullable String column) {
        if (column == null) {
            return null;
        }

        return switch (column) {
            case "path" -> entry.name();
            case "folder" -> entry.folderName().isEmpty() ? null : entry.folderName();
            default -> partition(entry.name(), column + "=");
        };
    }

    private static @Nullable String partition(String path, String prefix) {
        int start = 0;

        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', start)) {
            if (path.startsWith(prefix, start) && start + prefix.length() < end) {
                return path.substring(start + prefix.length(), end);
            }

            start = end + 1;
        }

        return null;
    }
}
