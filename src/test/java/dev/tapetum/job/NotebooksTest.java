package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tapetum.SparkExtension;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The notebooks, over a run that has all they show and over what is left of it without explanations. */
@ExtendWith(SparkExtension.class)
class NotebooksTest {

    private static final Path NOTEBOOKS = Path.of("notebooks");
    private static final String AUDIT = "last-nights-audit.ipynb";
    private static final String FINDING = "one-finding.ipynb";

    @TempDir
    static Path folder;

    static DemoAudit demo;

    @BeforeAll
    static void audit(SparkSession spark) throws IOException {
        demo = DemoAudit.render(folder, 40);
        Files.writeString(demo.photos().resolve("images/00004.jpg"), "not a picture");
        DemoSae.write(demo, "sae");
        AuditRun.run(
                spark,
                demo.plan(
                        "full",
                        "attribution.methods=[saliency, grad-cam]",
                        "attribution.map.encoding=float16",
                        "interventions=[{ editor = brightness, steps = 4 }]",
                        "sae.path=\"" + folder + "/sae\""),
                false,
                new DemoAudit.Heard());
        for (String table : List.of("runs", "images", "predictions", "rejects", "group_metrics", "gaps", "findings")) {
            FileUtils.copyDirectory(
                    Path.of(demo.output(), "tables", table).toFile(),
                    bare().resolve("tables/" + table).toFile());
        }
    }

    /** An output without the tables of explanations. */
    private static Path bare() {
        return folder.resolve("bare");
    }

    static List<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(NOTEBOOKS)) {
            return files.filter(file -> file.toString().endsWith(".ipynb")).toList();
        }
    }

    private static Map<String, String> environment(String out) {
        return Map.of("TAPETUM_OUT", out, "TAPETUM_RUN", "full", "JJAVA_JVM_OPTS", "@jvm.options");
    }

    /** The shell's threads inherit the session: one without views, as that of a new kernel. */
    private static NotebookRun inShell(SparkSession spark, String notebook, String out) throws IOException {
        SparkSession.setActiveSession(spark.newSession());
        try {
            return NotebookShell.run(Notebook.read(NOTEBOOKS.resolve(notebook)), environment(out));
        } finally {
            SparkSession.clearActiveSession();
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void aNotebookIsOfFormat4ForTheJavaKernelAndHoldsNoOutputs(Path file) throws IOException {
        Notebook notebook = Notebook.read(file);

        assertThat(notebook.content().path("nbformat").asInt()).isEqualTo(4);
        assertThat(notebook.content().at("/metadata/kernelspec/name").asText()).isEqualTo("java");
        assertThat(notebook.content().at("/metadata/kernelspec/language").asText())
                .isEqualTo("java");
        assertThat(notebook.cells()).extracting(Notebook.Cell::type).containsOnly("code", "markdown");
        assertThat(notebook.cells())
                .extracting(cell -> cell.content().path("id").asText())
                .doesNotHaveDuplicates();
        assertThat(notebook.cells())
                .allMatch(cell -> !cell.source().isBlank() && cell.content().has("metadata"));
        assertThat(notebook.code())
                .allMatch(cell -> cell.content().path("execution_count").isNull())
                .allMatch(cell -> cell.content().path("outputs").isArray()
                        && cell.content().path("outputs").isEmpty());
    }

    /** The shell of these tests stands for the kernel only if the kernel's JVM is opened as the tests' is. */
    @Test
    void theKernelIsOpenedToSparkAsTheTestsAre() throws IOException {
        List<String> options = Files.readAllLines(NOTEBOOKS.resolve("jvm.options"));
        List<String> own = ManagementFactory.getRuntimeMXBean().getInputArguments();

        assertThat(options)
                .filteredOn(option -> option.startsWith("--add-opens"))
                .containsExactlyInAnyOrderElementsOf(own.stream()
                        .filter(option -> option.startsWith("--add-opens=java.base"))
                        .toList());
        assertThat(options).contains("-Djava.awt.headless=true");
    }

    @Test
    void lastNightsAuditShowsTheVerdictTheGroupsAndTheRejects(SparkSession spark) throws IOException {
        NotebookRun run = inShell(spark, AUDIT, demo.output());

        assertThat(run.pictures()).isGreaterThanOrEqualTo(3);
        assertThat(run.tables()).isGreaterThanOrEqualTo(4);
        assertThat(run.says("not-an-image") || run.says("images/00004.jpg")).isTrue();
        assertThat(run.says("The run has no attributions.")).isFalse();
        // What the notebook takes from Maven is what it is tested with.
        assertThat(run.artifacts())
                .contains("org.apache.spark:spark-sql_2.13:" + spark.version())
                .hasSize(2)
                .allMatch(artifact -> System.getProperty("java.class.path")
                        .contains(artifact.split(":")[1] + "-" + artifact.split(":")[2] + ".jar"));
    }

    @Test
    void oneFindingIsFollowedToMapsCurvesAndFeatures(SparkSession spark) throws IOException {
        NotebookRun run = inShell(spark, FINDING, demo.output());

        // A sheet of maps, the curves of the editor and those of single images.
        assertThat(run.pictures()).isEqualTo(3);
        assertThat(run.tables()).isGreaterThanOrEqualTo(7);
        assertThat(run.says("The run has no")).isFalse();
    }

    /** Whatever the values hold: what stands between those of an intersection, blanks, and what SQL has a meaning for. */
    @Test
    void aFindingIsMetByTheImagesThatItIsAbout(SparkSession spark) throws IOException {
        String cells = """
                spark.sql("SELECT * FROM VALUES ('a', map('the site', 'annex', 'tag', 'yes')),"
                        + " ('b', map('the site', ' \\\\t', 'tag', 'yes')), ('c', map('tag', 'no')),"
                        + " ('d', map('the site', 'it\\\\'s = \\\\u0024{x} ∧ y × z', 'tag', 'yes')) AS t(image_id, attributes)")
                        .createOrReplaceTempView("held");
                void meet(String name, String condition) {
                    say(name + spark.sql("SELECT *, " + condition + " AS inside FROM held").where("inside")
                            .select("image_id").orderBy("image_id").collectAsList());
                }
                meet("one ", condition("the site", "annex"));
                meet("none ", condition("the site", "(missing)"));
                meet("odd ", condition("the site", "it's = ${x} ∧ y × z"));
                meet("crossed ", condition("the site × tag", "it's = ${x} ∧ y ×× z × yes"));
                meet("crossed none ", condition("the site × tag", "(missing) × no"));
                meet("slice ", returned("SELECT * FROM held WHERE attributes['tag'] = 'yes' ORDER BY image_id"));
                """;
        Path file = folder.resolve("conditions.ipynb");
        Path start = NOTEBOOKS.resolve("tapetum.jshell").toAbsolutePath();
        new ObjectMapper()
                .writeValue(
                        file.toFile(),
                        Map.of(
                                "cells",
                                List.of(
                                        Map.of("cell_type", "code", "source", List.of("%load " + start)),
                                        Map.of("cell_type", "code", "source", List.of(cells)))));
        SparkSession.setActiveSession(spark.newSession());
        NotebookRun run;
        try {
            run = NotebookShell.run(Notebook.read(file), environment(demo.output()));
        } finally {
            SparkSession.clearActiveSession();
        }

        assertThat(List.of(
                        "one [[a]]",
                        "none [[b], [c]]",
                        "odd [[d]]",
                        "crossed [[d]]",
                        "crossed none [[c]]",
                        "slice [[a], [b], [d]]"))
                .allMatch(run::says);
    }

    @ParameterizedTest
    @ValueSource(strings = {AUDIT, FINDING})
    void aRunThatLacksWhatIsAskedForSaysSo(String notebook, SparkSession spark) throws IOException {
        NotebookRun run = inShell(spark, notebook, bare().toString());

        assertThat(run.says("The run has no attributions.")).isTrue();
        if (notebook.equals(FINDING)) {
            assertThat(run.says("The run has no interventions.")).isTrue();
            assertThat(run.says("The run has no features.")).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void theKernelRunsTheNotebooksWhereItIsInstalled(Path file) throws IOException, InterruptedException {
        assumeTrue(Jupyter.hasJava(folder), "no Jupyter with the kernel 'java'");

        NotebookRun run = Jupyter.run(Notebook.read(file), folder, environment(demo.output()));

        assertThat(run.pictures()).isGreaterThanOrEqualTo(3);
        assertThat(run.tables()).isGreaterThanOrEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int x = \"text\";",
                "undeclared();",
                "throw new IllegalStateException(\"thrown\");",
                "int half(",
                // JJava takes that for a magic, within a text too.
                "String s = \"a =%s\";"
            })
    void aCellThatFailsIsNamed(String source) throws IOException {
        Path file = folder.resolve("wrong.ipynb");
        new ObjectMapper()
                .writeValue(
                        file.toFile(),
                        Map.of(
                                "cells",
                                List.of(
                                        Map.of("cell_type", "code", "source", List.of("int x = 1;")),
                                        Map.of("cell_type", "code", "source", List.of(source)))));

        assertThatThrownBy(() -> NotebookShell.run(Notebook.read(file), Map.of()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("wrong.ipynb, cell 2: ");
    }
}
