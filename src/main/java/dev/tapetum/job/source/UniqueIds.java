package dev.tapetum.job.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import dev.tapetum.image.RejectReason;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Makes the ids of a listing unique without losing a row: of the images with one id the first keeps it, by uri and then
 * by everything else that is known; the others become rejects with the id {@code ID#2}, {@code ID#3} and so on, with more
 * {@code #} where the dataset has such ids itself. A row that is a reject already comes last and keeps its own reason.
 */
final class UniqueIds {
    private static final String ROW = "row";
    private static final String ID = "image_id";
    private static final String NTH = "nth";

    private UniqueIds() {}

    /**
     * @param listing the columns of {@link ListedImage} and {@code row}, a key that is unique and stays the same however
     *     often the listing is read
     * @param scratch a folder for the few rows that repeat an id
     */
    static Dataset<Row> of(Dataset<Row> listing, String scratch) {
        Dataset<Row> repeated = listing.groupBy(ID)
                .agg(count(lit(1)).as("rows"))
                .where("rows > 1")
                .select(ID);
        Column nth = row_number()
                .over(Window.partitionBy(ID)
                        .orderBy(
                                col("reject").isNotNull(),
                                col("uri"),
                                col("label"),
                                to_json(col("attributes")),
                                col("cluster"),
                                to_json(col("mask_file"))));

        listing.drop("content", "mask_content")
                .join(repeated, listing.col(ID).equalTo(repeated.col(ID)), "left_semi")
                .select(col(ROW), col(ID), nth.as(NTH))
                .where(col(NTH).gt(1))
                .write()
                .mode("overwrite")
                .parquet(scratch);
        Dataset<Row> others = listing.sparkSession().read().parquet(scratch);

        if (others.isEmpty()) {
            return listing;
        }

        Column newId = concat(col(ID), lit(separator(listing, others)), col(NTH));
        Dataset<Row> renamed = others.select(col(ROW).as("other_row"), newId.as("new_id"), col(NTH));
        Column message = concat(lit("An earlier image has the id "), col(ID), lit(" too; this is number "), col(NTH));
        Column reject = when(col(NTH).isNotNull(), SourceTable.reject(RejectReason.DUPLICATE_ID, message));

        return listing.join(renamed, col(ROW).equalTo(col("other_row")), "left_outer")
                .withColumn("reject", coalesce(col("reject"), reject))
                .withColumn(ID, coalesce(col("new_id"), col(ID)))
                .drop("other_row", "new_id", NTH);
    }

    /** The fewest {@code #} that make new ids which no image has. Two new ones cannot be equal: the number ends them. */
    private static String separator(Dataset<Row> listing, Dataset<Row> others) {
        String separator = "#";

        while (!others.select(concat(col(ID), lit(separator), col(NTH)).as(ID))
                .intersect(listing.select(ID))
                .isEmpty()) {
            separator += "#";
        }

        return separator;
    }
}
