package dev.tapetum.job;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.xxhash64;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.tapetum.BenchTable;
import dev.tapetum.SparkExtension;
import dev.tapetum.config.Plan;
import dev.tapetum.fairness.GroupLayout;
import dev.tapetum.fairness.Partition;
import dev.tapetum.table.EvidenceRow;
import dev.tapetum.table.RecordEncoder;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The statistics of {@code -Dbench.rows} predictions of ten classes: outcomes, rates of classes, confidence and calibration with 2,000
 * replicates in the groups of six attributes of two to four values and of their fifteen pairs; beside replicates by resampling the
 * rows, one query each, of which {@code -Dbench.replicates} are run and 2,000 reckoned.
 */
@Tag("bench")
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatisticsBench {
    private static final long ROWS = Long.getLong("bench.rows", 1_000_000);
    private static final int REPLICATES = Integer.getInteger("bench.replicates", 3);
    private static final int CLASSES = 10;
    private static final int ATTRIBUTES = 6;

    @TempDir
    static Path folder;

    private List<String> attributes = List.of();

    /** Site 0 of the first attribute is right less often; all else is chance. */
    @BeforeAll
    void write(SparkSession spark) {
        List<String> names = new ArrayList<>();
        List<Column> entries = new ArrayList<>();
        for (int a = 0; a < ATTRIBUTES; a++) {
            names.add("a" + a);
            entries.addAll(List.of(lit("a" + a), value(a)));
        }

        attributes = names;
        StructType schema = RecordEncoder.of(EvidenceRow.class).schema();
        Column label = pmod(xxhash64(col("id"), lit("label")), lit(CLASSES)).cast("int");
        Column right = uniform("right").lt(expr("if(pmod(xxhash64(id, 'a0'), 2) = 0, 0.85, 0.9)"));
        Column predicted = expr("if(correct, label_index, pmod(label_index + 1, " + CLASSES + "))")
                .cast("int");
        spark.range(0, ROWS, 1, 8)
                .withColumn("image_id", concat(lit("photos/2026-05/"), col("id"), lit(".jpg")))
                .withColumn("cluster", lit(null).cast("string"))
                .withColumn("attributes", map(entries.toArray(Column[]::new)))
                .withColumn("label_index", label)
                .withColumn("correct", right)
                .withColumn(
                        "prediction",
                        struct(
                                predicted.as("predicted_index"),
                                uniform("confidence").multiply(0.5).plus(0.5).as("confidence")))
                .withColumn("reject", lit(null).cast(type(schema, "reject")))
                .withColumn("attributions", array().cast(type(schema, "attributions")))
                .withColumn("interventions", array().cast(type(schema, "interventions")))
                .drop("id")
                .write()
                .parquet(folder + "/evidence");
    }

    private static Column value(int attribute) {
        int values = 2 + attribute % 3;
        return concat(
                lit("v"),
                pmod(xxhash64(col("id"), lit("a" + attribute)), lit(values)).cast("string"));
    }

    private static Column uniform(String what) {
        return pmod(xxhash64(col("id"), lit(what)), lit(1L << 30))
                .cast("double")
                .divide((double) (1L << 30));
    }

    private static org.apache.spark.sql.types.DataType type(StructType schema, String column) {
        return schema.apply(column).dataType();
    }

    @Test
    void bucketsAgainstResampledRows(SparkSession spark) {
        Plan plan = EditedImages.plan("[]", "statistics.bootstrap=2000");
        List<String> classes =
                IntStream.range(0, CLASSES).mapToObj(i -> "class " + i).toList();
        List<Partition> pairs = Partition.crossings(attributes, 2);
        GroupLayout layout = new GroupLayout(attributes, classes, false).crossing(pairs);
        Dataset<Row> evidence = spark.read().parquet(folder + "/evidence");
        InterventionSummaries none =
                new InterventionSummaries(Labels.of(plan.interventions()), Set.of(), false, CorruptionReference.NONE);
        ResponseParts one = ResponseParts.of(List.of(), 1, 1, Long.MAX_VALUE);

        double cpu = cpuSeconds();
        long start = System.nanoTime();
        GroupStage.Grouped grouped = GroupStage.grouped(evidence, plan, layout, none, one, new DemoAudit.Heard());
        double buckets = seconds(start);
        double bucketsOnCores = cpuSeconds() - cpu;
        int statistics = grouped.statistics().metrics().size();
        int gaps = grouped.statistics().gaps().size();
        assertThat(grouped.statistics().gaps())
                .anyMatch(gap -> gap.metric().name().equals("accuracy") && gap.established(0.05));

        cpu = cpuSeconds();
        start = System.nanoTime();
        for (int replicate = 0; replicate < REPLICATES; replicate++) {
            resampled(evidence, layout.partitions(), replicate);
        }

        double each = seconds(start) / REPLICATES;
        double eachOnCores = (cpuSeconds() - cpu) / REPLICATES;
        int all = plan.statisticsSettings().bootstrap();
        BenchTable.note(
                "statistics",
                String.format(
                        Locale.ROOT,
                        "%d rows, %d metrics and %d gaps in the groups of %d attributes and %d pairs, %d replicates",
                        ROWS,
                        statistics,
                        gaps,
                        attributes.size(),
                        pairs.size(),
                        all));
        BenchTable.note(
                "resampling rows",
                String.format(
                        Locale.ROOT,
                        "%d replicates of confidence, accuracy and calibration measured, %.2f s each; %d reckoned",
                        REPLICATES,
                        each,
                        all));
        BenchTable.compare(
                "statistics",
                "CPU s",
                "buckets, all of it",
                bucketsOnCores,
                "resampled rows, reckoned",
                eachOnCores * all);
        BenchTable.compare("statistics", "s", "buckets, all of it", buckets, "resampled rows, reckoned", each * all);
    }

    /** One replicate: every row with a Poisson(1) weight of its own, in every group and bin of confidence. */
    private static void resampled(Dataset<Row> evidence, List<Partition> partitions, int replicate) {
        double probability = Math.exp(-1);
        double cumulative = 0;
        StringBuilder weight = new StringBuilder("case");
        for (int k = 0; k < 12; k++) {
            cumulative += probability;
            weight.append(String.format(Locale.ROOT, " when u < %.12f then %d", cumulative, k));
            probability /= k + 1;
        }

        evidence.select(
                        expr("pmod(xxhash64(image_id, " + replicate + "), 1073741824) / 1073741824D")
                                .as("u"),
                        col("prediction.confidence").as("confidence"),
                        expr("if(label_index = prediction.predicted_index, 1D, 0D)")
                                .as("correct"),
                        expr("ceil(prediction.confidence * 15)").as("bin"),
                        map(groups(partitions)).as("groups"))
                .withColumn("w", expr(weight + " else 12 end"))
                .selectExpr("w", "confidence", "correct", "bin", "explode(groups) as (attribute, value)")
                .groupBy("attribute", "value", "bin")
                .agg(
                        expr("sum(w)"),
                        expr("sum(w * correct)"),
                        expr("sum(w * confidence)"),
                        expr("sum(w * confidence * confidence)"),
                        expr("sum(w * (correct - confidence))"),
                        expr("sum(w * (correct - confidence) * (correct - confidence))"))
                .collectAsList();
    }

    /** An image's group of each partition, by the partition's name. */
    private static Column[] groups(List<Partition> partitions) {
        return partitions.stream()
                .flatMap(partition -> Stream.of(
                        lit(partition.name()),
                        concat_ws(
                                Partition.SEPARATOR,
                                partition.attributes().stream()
                                        .map(attribute -> col("attributes").getItem(attribute))
                                        .toArray(Column[]::new))))
                .toArray(Column[]::new);
    }

    /** Of this process on all cores: what a machine with other work on it does not change much. */
    private static double cpuSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
