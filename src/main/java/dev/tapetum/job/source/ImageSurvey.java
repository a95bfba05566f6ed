package dev.tapetum.job.source;

import static org.apache.spark.sql.functions.lit;

import dev.tapetum.table.RecordEncoder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What can be said of a dataset without an index, and refused as writing one would refuse it. The images are listed once
 * and kept, without their content, until the survey is closed; nothing is written but Spark's own cache. Ids that repeat
 * are not made unique, so that a drawn sample may have another number of images than the index will.
 */
public final class ImageSurvey implements AutoCloseable {
    private final Dataset<Row> listed;
    private final Dataset<ListedImage> images;
    private final long listedImages;
    private final IndexSummary summary;

    private ImageSurvey(Dataset<Row> listed, Listing listing, IndexSettings settings) {
        this.listed = listed;
        this.listedImages = listed.count();
        ImageIndex.refuseEmpty(listing, listedImages == 0);
        Dataset<Row> chosen = SampleDraw.of(listed, listing.dataset().sample(), settings.seed());
        this.images = chosen.as(RecordEncoder.of(ListedImage.class));
        this.summary = ImageIndex.summary(chosen, settings);
        ImageIndex.refuseNothing(listing, summary);
    }

    /**
     * Lists the images.
     *
     * @throws dev.tapetum.UserError when {@link ImageIndex#write} would refuse the dataset
     */
    public static ImageSurvey of(Listing listing, IndexSettings settings) {
        Dataset<Row> listed = listing.images()
                .withColumn("content", lit(null).cast("binary"))
                .withColumn("mask_content", lit(null).cast("binary"))
                .persist();
        try {
            return new ImageSurvey(listed, listing, settings);
        } catch (Exception e) {
            // Spark's exceptions are checked ones that no method declares.
            listed.unpersist();
            throw Causes.ofJob(e);
        }
    }

    /** All images of the dataset, before a sample is drawn. */
    public long listed() {
        return listedImages;
    }

    /** What is known of the chosen images together. */
    public IndexSummary summary() {
        return summary;
    }

    /** The chosen images, without content. */
    public Dataset<ListedImage> images() {
        return images;
    }

    @Override
    public void close() {
        listed.unpersist();
    }
}
