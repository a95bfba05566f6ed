package dev.tapetum.job.source;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/** Sessions in which manifests and tables of whole images can be read; the user's own session is left as it is. */
final class OwnSession {
    private static final String BATCH_ROWS = "spark.sql.parquet.columnarReaderBatchSize";

    private OwnSession() {}

    /**
     * A session like the given one, in which a column is found by its exact name and Parquet is read few rows at a time:
     * Spark's 4,096 rows are made for numbers, and as many photographs are a gigabyte per task. A size that the user has
     * set stays. CSV rows are parsed in full, since a row is only known to be malformed once all its fields are counted.
     */
    static SparkSession of(SparkSession spark) {
        SparkSession own = spark.newSession();
        Map<String, String> set = CollectionConverters.asJava(spark.conf().getAll());

        set.forEach((name, value) -> {
            if (own.conf().isModifiable(name)) {
                own.conf().set(name, value);
            }
        });

        if (!set.containsKey(BATCH_ROWS)) {
            own.conf().set(BATCH_ROWS, 64);
        }

        own.conf().set("spark.sql.caseSensitive", true);
        own.conf().set("spark.sql.csv.parser.columnPruning.enabled", false);
        return own;
    }
}
