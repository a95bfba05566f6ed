package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.attribution.Baseline;
import dev.tapetum.config.Plan;
import dev.tapetum.job.source.ImageIndex;
import dev.tapetum.job.source.IndexedImage;
import dev.tapetum.spec.RecordParts;
import dev.tapetum.table.RejectPart;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * A few images of the run as the model's input, for the methods and metrics that compare an image with others.
 *
 * <p>They are the first by a hash of run seed and image id that can be read, decoded on the driver from the run's own list of
 * images: a run that is resumed has the same.
 *
 * @param pixels normalised, on every executor once; null for a plan that compares with none
 */
record References(@Nullable Broadcast<float[][]> pixels) implements Serializable {

    static final References NONE = new References(null);

    /** Images that are tried for each that is wanted, since some may be unreadable. */
    private static final int MOST_TRIES = 8;

    /** Whether something in the plan has {@link Baseline.Sample} in it. */
    static boolean isNeeded(Plan plan) {
        return Stream.concat(plan.attribution().methods().stream(), plan.attributionMetrics().stream())
                .anyMatch(each -> RecordParts.contain((Record) each, Baseline.Sample.class));
    }

    /** @throws UserError when none of the images that were tried can be had */
    static References draw(SparkSession spark, ImageIndex index, Plan plan, ImagePreparation preparation) {
        Column hash = functions.xxhash64(
                functions.lit(plan.run().seed()), functions.lit("reference"), functions.col("image.image_id"));
        Dataset<IndexedImage> shuffled = index.images().orderBy(hash, functions.col("image.image_id"));
        int wanted = plan.attribution().references();
        List<float[]> pixels = new ArrayList<>();
        String lastReject = "";
        int tried = 0;
        for (int tries = wanted; pixels.size() < wanted && tries <= MOST_TRIES * wanted; tries *= 2) {
            List<IndexedImage> candidates = shuffled.takeAsList(tries);
            for (; tried < candidates.size() && pixels.size() < wanted; tried++) {
                Prepared prepared = preparation.prepare(candidates.get(tried).withSeries(edited -> false));
                DecodedImage image = prepared.image();
                RejectPart reject = prepared.reject();
                if (image != null) {
                    pixels.add(image.pixels());
                } else if (reject != null) {
                    lastReject = reject.message();
                }
            }
        }

        if (pixels.isEmpty()) {
            throw new UserError("A baseline of sample needs images of the dataset, and none of the " + tried
                    + " that were tried can be used; of the last one: " + lastReject);
        }

        return new References(
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(pixels.toArray(float[][]::new)));
    }

    /** The very same arrays in every task of a process. */
    List<float[]> images() {
        return pixels == null ? List.of() : Arrays.asList(pixels.value());
    }
}
