package dev.tapetum.job.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.xxhash64;

import dev.tapetum.config.Sample;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Draws a sample of which every image's part is known from its id and the seed: an id and the seed are hashed to 53 bits,
 * and the images with the smallest hashes are the sample. So a sample of 5% lies within one of 10%, and adding images to
 * a dataset disturbs few of those that were drawn.
 */
final class SampleDraw {
    private static final int BITS = 53;
    private static final int BUCKET_BITS = 16;

    private SampleDraw() {}

    /** The rows that are drawn; ids are unique. */
    static Dataset<Row> of(Dataset<Row> rows, @Nullable Sample sample, long seed) {
        if (sample == null) {
            return rows;
        }

        Column hash = shiftrightunsigned(xxhash64(lit(seed), col("image_id")), Long.SIZE - BITS);
        double below = sample.isFraction()
                ? sample.fraction() * (1L << BITS)
                : aboveSmallest(rows.select(hash.as("hash")), sample.count());
        return rows.where(hash.cast("double").lt(below));
    }

    /**
     * A bound that the given number of hashes lie below, or all when there are fewer. The driver sees the counts of 65,536
     * equal ranges, and then the hashes of the one range in which the bound lies.
     */
    private static double aboveSmallest(Dataset<Row> hashes, long number) {
        Column bucket = shiftright(col("hash"), BITS - BUCKET_BITS);
        List<Row> counts = hashes.groupBy(bucket.as("bucket"))
                .agg(count(lit(1)).as("rows"))
                .orderBy("bucket")
                .collectAsList();
        long left = number;

        for (Row range : counts) {
            if (left <= range.getLong(1)) {
                return hashes.where(bucket.equalTo(range.getLong(0)))
                                .orderBy("hash")
                                .as(Encoders.LONG())
                                .collectAsList()
                                .get(Math.toIntExact(left - 1))
                        + 1.0;
            }

            left -= range.getLong(1);
        }

        return Double.POSITIVE_INFINITY;
    }
}
