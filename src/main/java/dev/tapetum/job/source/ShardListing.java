package dev.tapetum.job.source;

import dev.tapetum.UserError;
import dev.tapetum.config.DatasetSettings;
import dev.tapetum.config.Source;
import dev.tapetum.table.RecordEncoder;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;

/**
 * Images in tar shards laid out as WebDataset does: members that stand together and share a path up to the first dot of
 * the file's name are one sample ({@link ShardSamples}).
 *
 * <p>Of the files below a folder those called {@code .tar} are shards; indexes and notes beside them are no input. Each
 * shard is listed by one task from its headers. A compressed tar has no places to read from and is refused.
 */
final class ShardListing {
    private static final List<String> COMPRESSED =
            List.of(".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst", ".tar.lz4");

    private ShardListing() {}

    static Listing of(
            SparkSession spark, HadoopSettings hadoop, Source.WebDatasetShards source, DatasetSettings dataset) {
        FileTree tree = FileTree.at(hadoop, source.webdataset(), "dataset.webdataset");
        FlatMapFunction<FolderEntry, ListedImage> samples = entry -> samples(tree, entry, dataset);
        Dataset<ListedImage> images = tree.files(spark).flatMap(samples, RecordEncoder.of(ListedImage.class));
        return new Listing(images, source.webdataset(), false, dataset);
    }

    private static Iterator<ListedImage> samples(FileTree tree, FolderEntry entry, DatasetSettings dataset) {
        String name = entry.name().toLowerCase(Locale.ROOT);

        if (COMPRESSED.stream().anyMatch(name::endsWith)) {
            throw new UserError("Shard " + tree.path(entry)
                    + " is compressed: unpack it to a .tar, from which single images can be read");
        }

        return name.endsWith(".tar")
                ? new ShardSamples(
                        new PatientReading(tree.hadoop(), Patience.DEFAULT), tree.path(entry), entry, dataset)
                : List.<ListedImage>of().iterator();
    }
}
