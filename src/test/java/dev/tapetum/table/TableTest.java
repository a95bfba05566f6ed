package dev.tapetum.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class TableTest {
    private static final Path GOLDEN = Path.of("src/test/resources/schema");
    private static final Instant START = Instant.parse("2026-11-21T22:00:00Z");

    private final SparkSession spark;

    @TempDir
    private Path directory;

    TableTest(SparkSession spark) {
        this.spark = spark;
    }

    private String out() {
        return directory.toUri().toString();
    }

    @ParameterizedTest
    @MethodSource("dev.tapetum.table.Table#all")
    void theDdlIsTheGoldenOne(Table<?> table) throws IOException {
        Path golden = GOLDEN.resolve(table.name() + ".sql");
        String ddl = table.ddl() + ";\n";

        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, ddl);
        }

        assertThat(golden).exists();
        assertThat(ddl)
                .as("%s; if the change is meant: ./mvnw test -Dtest=TableTest -Dgolden.update=true", golden)
                .isEqualTo(Files.readString(golden));
    }

    @Test
    void everyGoldenDdlHasItsTable() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Table.all().stream()
                            .map(table -> table.name() + ".sql")
                            .toList());
        }
    }

    @Test
    void sparkTakesTheDdlWordByWord() throws AnalysisException {
        spark.sql("CREATE DATABASE ddl_of_tables");
        spark.sql("USE ddl_of_tables");

        for (Table<?> table : Table.all()) {
            spark.sql(table.ddl());
            StructType created = spark.table(table.name()).schema();

            for (StructField column : table.schema().fields()) {
                assertThat(created.apply(column.name()).getComment()).isEqualTo(column.getComment());
                assertThat(created.apply(column.name()).dataType().asNullable())
                        .isEqualTo(column.dataType().asNullable());
            }

            assertThat(spark.catalog().getTable(table.name()).description()).isEqualTo(table.comment());
        }

        spark.sql("DROP DATABASE ddl_of_tables CASCADE");
    }

    @Test
    void theScriptHasEveryDdl() {
        assertThat(Table.script().split(";\n"))
                .extracting(String::strip)
                .containsExactlyElementsOf(Table.all().stream().map(Table::ddl).toList());
    }

    @ParameterizedTest
    @MethodSource("dev.tapetum.table.Table#all")
    void everyTableAndColumnHasACommentOfOneSentence(Table<?> table) {
        assertSentence(table.name(), table.comment());
        assertThat(table.schema().fieldNames()).startsWith("run_id");

        for (StructField column : table.schema().fields()) {
            assertThat(column.getComment().isDefined())
                    .as(table + "." + column.name())
                    .isTrue();
            assertSentence(table + "." + column.name(), column.getComment().get());
        }
    }

    @Test
    void everyColumnOfEvidenceHasACommentOfOneSentence() {
        assertCommented(RecordEncoder.of(EvidenceRow.class).schema());
    }

    private static void assertCommented(StructType struct) {
        for (StructField column : struct.fields()) {
            assertThat(column.getComment().isDefined()).as(column.name()).isTrue();
            assertSentence(column.name(), column.getComment().get());

            if (column.dataType() instanceof StructType nested) {
                assertCommented(nested);
            }
        }
    }

    private static void assertSentence(String what, String comment) {
        assertThat(comment).as(what).matches("[A-Zap*].*[^.]\\.").doesNotContain("\n", ". ");
    }

    @Test
    void rowsComeBackWithTheirRun() {
        List<GapRow> rows = List.of(
                new GapRow("r", "accuracy", "site", "north", "others", 10, 20, -0.5, 0.4, -0.6, -0.4, 0.01, 0.02, 0.1),
                new GapRow("r", "accuracy", "site", "south", "others", 1, 29, null, null, null, null, null, null, 0.9));
        Table.GAPS.write(spark, rows, out(), "r");

        assertThat(Table.GAPS.read(spark, out()).collectAsList()).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void columnsAreReadAsDeclaredWithTheirComments() {
        Table.RUNS.write(spark, List.of(RunRows.complete("r", START)), out(), "r");
        StructType read = Table.RUNS.read(spark, out()).schema();

        assertThat(read.toDDL()).isEqualTo(Table.RUNS.schema().asNullable().toDDL());
        assertThat(read.fieldNames()).containsExactly(Table.RUNS.schema().fieldNames());
    }

    @ParameterizedTest
    @MethodSource("dev.tapetum.table.Table#all")
    void aTableThatNoRunHasWrittenIsEmptyAndTyped(Table<?> table) {
        Dataset<?> rows = table.read(spark, out());

        assertThat(rows.isEmpty()).isTrue();
        assertThat(rows.schema()).isEqualTo(table.schema());
    }

    @Test
    void aRerunReplacesItsOwnRunOnly() throws IOException {
        Table.RUNS.write(spark, List.of(RunRows.complete("first", START)), out(), "first");
        Table.RUNS.write(spark, List.of(RunRows.complete("second", START)), out(), "second");
        RunRow again = RunRows.complete("first", START.plusSeconds(3600));
        Table.RUNS.write(spark, List.of(again), out(), "first");

        assertThat(Table.RUNS.read(spark, out()).collectAsList())
                .containsExactlyInAnyOrder(again, RunRows.complete("second", START));

        try (Stream<Path> left = Files.list(directory.resolve("tables/runs"))) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("run_id=first", "run_id=second");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"007", "1e3", "2026-11-21", "true", "a=b", "a/b:c", "100%", "_hidden", "naïve run"})
    void aRunIdIsTextWhateverItLooksLike(String runId) {
        Table.RUNS.write(spark, List.of(RunRows.complete(runId, START)), out(), runId);
        Table.RUNS.write(spark, List.of(RunRows.complete(runId, START)), out(), runId);

        assertThat(Table.RUNS.read(spark, out()).collectAsList()).containsExactly(RunRows.complete(runId, START));
    }

    @Test
    void columnsOfAnotherOrderAreReconciledAndOthersDropped() {
        Dataset<?> rows = spark.createDataset(List.of(RunRows.complete("r", START)), Table.RUNS.encoder())
                .selectExpr(Stream.concat(
                                Stream.of("'x' AS other"),
                                Arrays.stream(Table.RUNS.schema().fieldNames()).sorted())
                        .toArray(String[]::new));
        Table.RUNS.write(rows, out(), "r");

        assertThat(Table.RUNS.read(spark, out()).collectAsList()).containsExactly(RunRows.complete("r", START));
    }

    @Test
    void aMissingColumnIsRefusedAndNothingIsReplaced() {
        RunRow row = RunRows.complete("r", START);
        Table.RUNS.write(spark, List.of(row), out(), "r");
        Dataset<?> without =
                spark.createDataset(List.of(row), Table.RUNS.encoder()).drop("plan");

        assertThatThrownBy(() -> Table.RUNS.write(without, out(), "r"))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("plan");
        assertThat(Table.RUNS.read(spark, out()).collectAsList()).containsExactly(row);
    }

    @Test
    void storedTypesAreTheDeclaredOnesToTheLetter() {
        Table.RUNS.write(spark, List.of(RunRows.complete("r", START)), out(), "r");
        StructType stored = spark.read()
                .parquet(directory.resolve("tables/runs/run_id=r").toString())
                .schema();

        for (StructField column : stored.fields()) {
            DataType declared = Table.RUNS.schema().apply(column.name()).dataType();
            assertThat(column.dataType()).as(column.name()).isEqualTo(declared.asNullable());
        }
    }

    @Test
    void aRunWithoutAnIdIsRefused() {
        assertThatThrownBy(() -> Table.RUNS.write(spark, List.of(), out(), ""))
                .hasMessage("A run needs an id to write runs");
    }
}
