package dev.tapetum.job.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import dev.tapetum.UserError;
import dev.tapetum.config.DatasetSettings;
import dev.tapetum.config.Source;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Encoded images in a binary column of a Parquet table. A row's uri is its file, {@code #} and its number in the file;
 * a row without an id gets the uri for one. A row without content is found missing when it is read.
 */
final class ContentListing {
    private static final String URI = SourceTable.OWN + "uri";

    private ContentListing() {}

    static Listing of(SparkSession spark, HadoopSettings hadoop, Source.ParquetTable source, DatasetSettings dataset) {
        String location = source.parquet();
        String qualified = hadoop.qualified(location);
        Dataset<Row> rows = ManifestListing.rows(
                location, () -> spark.read().parquet(qualified).withColumn(URI, uri()));
        SourceTable table = new SourceTable(rows, location, qualified);
        Column content = table.column("dataset.content", source.contentColumn());

        if (!table.isBinary(source.contentColumn())) {
            throw new UserError("dataset.content names column '" + source.contentColumn() + "' of " + location
                    + ", which is not binary");
        }

        Column uri = table.column("", URI);
        Dataset<ListedImage> images = table.listed(
                dataset,
                coalesce(table.text("dataset.image-id", dataset.imageId()), uri),
                uri,
                SourceTable.none("struct<path:string,offset:bigint,length:bigint>"),
                content,
                SourceTable.none("struct<stage:string,reason:string,message:string>"));
        return new Listing(images, location, true, dataset);
    }

    private static Column uri() {
        return concat(col("_metadata.file_path"), lit("#"), col("_metadata.row_index"));
    }
}
