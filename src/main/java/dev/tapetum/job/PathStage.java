package dev.tapetum.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.struct;

import dev.tapetum.job.source.IndexedImage;
import dev.tapetum.table.PrototypeRow;
import dev.tapetum.table.RecordEncoder;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** Brings the images and the drawings of each class together, in an order that depends on no partitions, and has them judged. */
final class PathStage {

    private static final Encoder<PathItem> ITEMS = RecordEncoder.of(PathItem.class);
    private static final int DIGITS = 10;

    private PathStage() {}

    /**
     * The row of every drawing.
     *
     * @param chosen what {@link PathImages} chose
     * @param images among which are those
     * @param tasks over how many tasks classes are dealt; the rows do not depend on it
     */
    static Dataset<PrototypeRow> rows(
            Dataset<Row> chosen, Dataset<IndexedImage> images, Dataset<DrawnRow> drawn, PathTask task, int tasks) {
        Column id = col("image_id");
        Dataset<Row> listed = images.toDF().select(col("image.image_id").as("listed"), all("image"));
        Dataset<Row> ofImages = chosen.join(listed, id.equalTo(col("listed")))
                .select(col("class_index"), col("side"), id.as("place"), col("image"), none("drawn"));
        Dataset<Row> ofDrawings = drawn.toDF()
                .select(
                        col("class_index"),
                        lit(Side.DRAWN.turn()).as("side"),
                        concat(col("method"), lpad(col("seed").cast("string"), DIGITS, "0"))
                                .as("place"),
                        none("image"),
                        all("drawn"));
        return ofImages.union(ofDrawings)
                .as(ITEMS)
                .repartition(tasks, col("class_index"))
                .sortWithinPartitions("class_index", "side", "place")
                .mapPartitions(task, RecordEncoder.of(PrototypeRow.class));
    }

    /** The columns that make a component; a folder of files may have given them more. */
    private static Column all(String component) {
        StructType columns = (StructType) ITEMS.schema().apply(component).dataType();
        return struct(Arrays.stream(columns.fieldNames()).map(functions::col).toArray(Column[]::new))
                .as(component);
    }

    private static Column none(String component) {
        return lit(null).cast(ITEMS.schema().apply(component).dataType()).as(component);
    }
}
