package dev.tapetum.job.source;

import static java.util.Objects.requireNonNull;

import dev.tapetum.config.DatasetSettings;
import dev.tapetum.config.Source;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;

/**
 * The images that a dataset names, not yet listed: nothing has run but a look at the place and, for a table, at its
 * columns. Ids need not be unique yet; {@link ImageIndex} makes them so.
 *
 * @param images lazily, one row per image; mistakes that only tasks can find come as a {@link dev.tapetum.UserError}
 *     somewhere among the causes of the job's failure
 * @param origin the place in words, for errors
 * @param cheap whether listing a second time costs little when the content is not asked for, and finds the same under
 *     the same uris: true only for a table that brings the content along
 * @param dataset what the plan says of the dataset
 */
public record Listing(Dataset<ListedImage> images, String origin, boolean cheap, DatasetSettings dataset) {
    public Listing {
        requireNonNull(images, "images");
        requireNonNull(origin, "origin");
    }

    /**
     * The listing of the plan's dataset, all of it: {@code sample} is for the index to draw.
     *
     * @throws dev.tapetum.UserError when the place is not there, cannot be read, or lacks a column that the plan names
     */
    public static Listing of(SparkSession spark, HadoopSettings hadoop, DatasetSettings dataset) {
        SparkSession own = OwnSession.of(spark);
        Source source = dataset.source();

        if (source instanceof Source.ImageFiles files) {
            return FileListing.of(own, hadoop, files, dataset);
        } else if (source instanceof Source.WebDatasetShards shards) {
            return ShardListing.of(own, hadoop, shards, dataset);
        } else if (source instanceof Source.ManifestFiles manifest) {
            return ManifestListing.of(own, hadoop, manifest, dataset);
        } else if (source instanceof Source.ParquetTable table) {
            return ContentListing.of(own, hadoop, table, dataset);
        }

        throw new AssertionError(source);
    }
}
