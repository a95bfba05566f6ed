package dev.tapetum.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.tapetum.table.Table;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Which images of a run speak for the path of each class. An image is of the class of its label, or, in a data set without labels, of
 * the one that the model predicts.
 *
 * <p>The images of a class are ordered by a hash of seed and image id. The first {@code most} of them make the mean, as many
 * after them are held out; of fewer than twice as many, half are on each side, the odd one in the mean; a class of one image has
 * none. With the held-out images of a class go as many held-out images of other classes, the first by the same hash.
 *
 * @param most images of a class that make its mean
 */
record PathImages(String out, String runId, long seed, int most) {

    private static final Column CLASS = col("class_index");
    private static final Column SIDE = col("side");
    private static final Column PLACE = col("place");
    private static final Column IMAGES = col("images");
    private static final Column HASH = col("hash");
    private static final Column ID = col("image_id");
    private static final String OF = "of";

    /**
     * Chooses the images.
     *
     * @param classes indices of the classes that are judged
     * @return columns {@code class_index}, the class that is judged; {@code side}, the turn of a {@link Side}; {@code image_id}
     */
    Dataset<Row> chosen(SparkSession spark, List<Integer> classes) {
        WindowSpec ofClass = Window.partitionBy(CLASS);
        Column half = floor(IMAGES.divide(2));
        Column mean = least(lit((long) most), IMAGES.minus(half));
        Column heldOut = least(lit((long) most), half);
        Dataset<Row> sides = classed(spark)
                .withColumn("hash", xxhash64(lit(seed), lit("path"), ID))
                .withColumn("place", row_number().over(ofClass.orderBy(HASH, ID)))
                .withColumn("images", count(lit(1)).over(ofClass))
                .where(IMAGES.geq(2))
                .withColumn(
                        "side",
                        when(PLACE.leq(mean), side(Side.MEAN)).when(PLACE.leq(mean.plus(heldOut)), side(Side.HELD_OUT)))
                .where(SIDE.isNotNull());
        Column judged = CLASS.isin(classes.toArray());
        return sides.where(judged)
                .select(CLASS, SIDE, ID)
                .union(others(sides, judged).select(CLASS, side(Side.OTHER), ID));
    }

    private Dataset<Row> classed(SparkSession spark) {
        Dataset<Row> predictions = Table.PREDICTIONS
                .read(spark, out)
                .where(col("run_id").equalTo(runId))
                .toDF();
        boolean labelled = !predictions.where(col("label_index").isNotNull()).isEmpty();
        return predictions
                .select(col(labelled ? "label_index" : "predicted_index").as("class_index"), ID)
                .where(CLASS.isNotNull());
    }

    /**
     * Held-out images of other classes. No class has more than {@code most} held-out ones, so the first of twice as many are
     * enough of others for every class, and no class is paired with all images there are.
     */
    private Dataset<Row> others(Dataset<Row> sides, Column judged) {
        Dataset<Row> heldOut = sides.where(SIDE.equalTo(side(Side.HELD_OUT)));
        Dataset<Row> first = heldOut.orderBy(HASH, ID).limit(2 * most).select(CLASS.as(OF), HASH, ID);
        Dataset<Row> wanted =
                heldOut.where(judged).groupBy(CLASS).agg(count(lit(1)).as("images"));
        return wanted.crossJoin(first)
                .where(col(OF).notEqual(CLASS))
                .withColumn("place", row_number().over(Window.partitionBy(CLASS).orderBy(HASH, ID)))
                .where(PLACE.leq(IMAGES));
    }

    private static Column side(Side side) {
        return lit(side.turn());
    }
}
