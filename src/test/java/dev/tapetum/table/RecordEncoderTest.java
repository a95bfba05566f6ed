package dev.tapetum.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.SparkExtension;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.Tuple2;

@ExtendWith(SparkExtension.class)
class RecordEncoderTest {
    public enum Colour {
        RED,
        GREEN
    }

    public record Point(int pixelX, @Nullable Integer pixelY) {}

    @SuppressWarnings("ArrayRecordComponent")
    public record Everything(
            boolean flag,
            byte tiny,
            short small,
            int count,
            long bigCount,
            float single,
            double wide,
            String someText,
            Colour colour,
            Instant takenAt,
            byte[] blob,
            float[] floats,
            double[] doubles,
            int[] ints,
            List<String> words,
            List<Point> points,
            Map<String, String> tags,
            Point nested,
            @Nullable Boolean maybeFlag,
            @Nullable Integer maybeCount,
            @Nullable Long maybeLong,
            @Nullable Float maybeFloat,
            @Nullable Double maybeDouble,
            @Nullable String maybeText,
            @Nullable Colour maybeColour,
            @Nullable Instant maybeTime,
            float @Nullable [] maybeFloats,
            @Nullable Point maybePoint) {}

    public record Unsupported(Thread worker) {}

    private static final Everything FULL = new Everything(
            true,
            (byte) -1,
            (short) 2,
            3,
            4L,
            5.5f,
            6.25,
            "text",
            Colour.GREEN,
            Instant.parse("2026-11-21T18:00:00.123456Z"),
            new byte[] {1, 2},
            new float[] {1.5f, Float.POSITIVE_INFINITY},
            new double[] {2.5},
            new int[] {7, 8},
            List.of("a", "b"),
            List.of(new Point(1, 2), new Point(3, null)),
            Map.of("site", "north"),
            new Point(9, 10),
            true,
            11,
            12L,
            13f,
            14.0,
            "maybe",
            Colour.RED,
            Instant.EPOCH,
            new float[] {},
            new Point(15, null));

    private static final Everything EMPTY = new Everything(
            false,
            (byte) 0,
            (short) 0,
            0,
            0,
            0,
            0,
            "",
            Colour.RED,
            Instant.EPOCH,
            new byte[] {},
            new float[] {},
            new double[] {},
            new int[] {},
            List.of(),
            List.of(),
            Map.of(),
            new Point(0, null),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);

    private final SparkSession spark;

    RecordEncoderTest(SparkSession spark) {
        this.spark = spark;
    }

    private Dataset<Everything> both() {
        return spark.createDataset(List.of(FULL, EMPTY), RecordEncoder.of(Everything.class));
    }

    private static void assertBoth(List<Everything> rows) {
        assertThat(rows).usingRecursiveFieldByFieldElementComparator().containsExactlyInAnyOrder(FULL, EMPTY);
    }

    @Test
    void columnsAreTypedNamedInSnakeCaseAndNullableOnlyWhereTheComponentIs() {
        assertThat(RecordEncoder.of(Everything.class).schema().toDDL())
                .isEqualTo("flag BOOLEAN NOT NULL,tiny TINYINT NOT NULL,small SMALLINT NOT NULL,count INT NOT NULL,"
                        + "big_count BIGINT NOT NULL,single FLOAT NOT NULL,wide DOUBLE NOT NULL,"
                        + "some_text STRING NOT NULL,colour STRING NOT NULL,taken_at TIMESTAMP NOT NULL,"
                        + "blob BINARY NOT NULL,floats ARRAY<FLOAT> NOT NULL,doubles ARRAY<DOUBLE> NOT NULL,"
                        + "ints ARRAY<INT> NOT NULL,words ARRAY<STRING> NOT NULL,"
                        + "points ARRAY<STRUCT<pixel_x: INT NOT NULL, pixel_y: INT>> NOT NULL,"
                        + "tags MAP<STRING, STRING> NOT NULL,"
                        + "nested STRUCT<pixel_x: INT NOT NULL, pixel_y: INT> NOT NULL,maybe_flag BOOLEAN,"
                        + "maybe_count INT,maybe_long BIGINT,maybe_float FLOAT,maybe_double DOUBLE,maybe_text STRING,"
                        + "maybe_colour STRING,maybe_time TIMESTAMP,maybe_floats ARRAY<FLOAT>,"
                        + "maybe_point STRUCT<pixel_x: INT NOT NULL, pixel_y: INT>");
    }

    @Test
    void theDatasetHasTheEncodersColumns() {
        assertThat(both().schema()).isEqualTo(RecordEncoder.of(Everything.class).schema());
    }

    @Test
    void everyComponentComesBackFromADataset() {
        assertBoth(both().collectAsList());
    }

    @Test
    void everyComponentComesBackFromParquetWithItsColumnsInAnotherOrder(@TempDir Path directory) {
        String path = directory.resolve("rows").toString();
        String[] columns = both().columns();
        both().selectExpr(reversed(columns)).write().parquet(path);

        assertBoth(spark.read()
                .parquet(path)
                .as(RecordEncoder.of(Everything.class))
                .collectAsList());
    }

    private static String[] reversed(String[] columns) {
        String[] reversed = columns.clone();

        for (int i = 0; i < columns.length; i++) {
            reversed[i] = columns[columns.length - 1 - i];
        }

        return reversed;
    }

    @Test
    void everyComponentPassesThroughMapPartitions() {
        MapPartitionsFunction<Everything, Everything> identity = rows -> rows;
        assertBoth(both().repartition(3)
                .mapPartitions(identity, RecordEncoder.of(Everything.class))
                .collectAsList());
    }

    @Test
    void everyComponentPassesThroughGroupByKey() {
        MapFunction<Everything, Point> key = Everything::nested;
        FlatMapGroupsFunction<Point, Everything, Everything> members = (point, rows) -> rows;
        assertBoth(both().groupByKey(key, RecordEncoder.of(Point.class))
                .flatMapGroups(members, RecordEncoder.of(Everything.class))
                .collectAsList());
    }

    @Test
    void recordsNestInTuplesOfAJoin() {
        Encoder<Point> encoder = RecordEncoder.of(Point.class);
        Dataset<Point> left = spark.createDataset(List.of(new Point(1, 2), new Point(3, null)), encoder);
        Dataset<Point> right = spark.createDataset(List.of(new Point(2, 5)), encoder);
        Column meets = left.col("pixel_y").equalTo(right.col("pixel_x"));

        assertThat(left.joinWith(right, meets, "left_outer").collectAsList())
                .containsExactlyInAnyOrder(
                        new Tuple2<>(new Point(1, 2), new Point(2, 5)), new Tuple2<>(new Point(3, null), null));
    }

    @Test
    void enumsAreTextInLowerCase() {
        assertThat(both().select("colour").as(Encoders.STRING()).collectAsList())
                .containsExactly("green", "red");
    }

    @Test
    void commentsOfComponentsAreCommentsOfColumns() {
        assertThat(RecordEncoder.of(RunRow.class)
                        .schema()
                        .apply("run_id")
                        .getComment()
                        .get())
                .isEqualTo("Run that the row describes.");
    }

    @Test
    void aComponentWithoutAColumnTypeIsRefused() {
        assertThatThrownBy(() -> RecordEncoder.of(Unsupported.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("worker")
                .hasMessageContaining("Unsupported");
    }

    @Test
    void encodersOfOneRecordAreEqual() {
        assertThat(RecordEncoder.of(Point.class))
                .isEqualTo(RecordEncoder.of(Point.class))
                .hasSameHashCodeAs(RecordEncoder.of(Point.class))
                .isNotEqualTo(RecordEncoder.of(Everything.class));
    }

    @ParameterizedTest
    @CsvSource({"imageId,image_id", "sha256,sha256", "planSha256,plan_sha256", "ciLow,ci_low", "n,n", "pValue,p_value"})
    void componentNamesBecomeSnakeCase(String component, String column) {
        assertThat(RecordEncoder.columnName(component)).isEqualTo(column);
    }
}
