package dev.tapetum.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher as it stands, with commands of a toy Java and a toy spark-submit that print what they were given. */
final class LauncherTest {
    private static final Path SUBMIT = Path.of("submit").toAbsolutePath();

    @TempDir
    private Path folder;

    private record Ended(int exit, String out) {}

    private static Ended run(Map<String, String> environment, Path directory, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.redirectErrorStream(true).environment().putAll(environment);
        builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_") && !environment.containsKey(name));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), out);
    }

    /** A checkout whose path has spaces, built, with a Java that prints its arguments, one per line. */
    private Path checkout() throws IOException {
        Path home = Files.createDirectories(folder.resolve("a check out"));
        for (String script : List.of("tapetum", "runtime.sh", "cluster")) {
            Path copy = Files.createDirectories(home.resolve("submit")).resolve(script);
            Files.copy(SUBMIT.resolve(script), copy);
            executable(copy);
        }

        Files.createDirectories(home.resolve("target/spark/jars"));
        Files.writeString(Files.createDirectories(home.resolve("target/lib")).resolve("a.jar"), "");
        Files.writeString(home.resolve("target/lib/b.jar"), "");
        Files.writeString(home.resolve("target/tapetum-1.jar"), "");
        return home;
    }

    private Path script(String name, String text) throws IOException {
        Path script = folder.resolve(name);
        Files.createDirectories(script.getParent());
        Files.writeString(script, "#!/bin/sh\n" + text);
        executable(script);
        return script;
    }

    private static void executable(Path file) {
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** A home of Java that says which version it is and otherwise prints its arguments. */
    private Path javaHome(String version) throws IOException {
        return script("jdk/bin/java", """
                if [ "$1" = -version ]; then echo 'openjdk version "%s"' >&2; exit 0; fi
                printf '%%s\\n' "$@"
                """.formatted(version)).getParent().getParent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tapetum", "cluster", "runtime.sh"})
    void theScriptsParse(String script) throws IOException, InterruptedException {
        assertThat(run(Map.of(), folder, "bash", "-n", SUBMIT.resolve(script).toString()))
                .isEqualTo(new Ended(0, ""));
    }

    @Test
    void argumentsOfToolAndSparkAreToldApart() throws IOException, InterruptedException {
        Path home = checkout();
        script("spark/bin/spark-submit", "printf '%s\\n' \"$@\"");
        Map<String, String> environment = Map.of(
                "JAVA_HOME", javaHome("17.0.1").toString(),
                "SPARK_HOME", folder.resolve("spark").toString());

        Ended ended =
                run(environment, folder, home + "/submit/tapetum", "audit", "my plan.conf", "--", "--master", "yarn");

        assertThat(ended.exit()).isZero();
        assertThat(ended.out().lines())
                .containsExactly(
                        "--class",
                        "dev.tapetum.cli.Tapetum",
                        "--master",
                        "yarn",
                        "--jars",
                        home + "/target/lib/a.jar," + home + "/target/lib/b.jar",
                        home + "/target/tapetum-1.jar",
                        "audit",
                        "my plan.conf");
    }

    @Test
    void itIsFoundThroughALinkFromAnywhere() throws IOException, InterruptedException {
        Path home = checkout();
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a check out/submit/tapetum"));

        Ended ended = run(Map.of("JAVA_HOME", javaHome("17.0.1").toString()), folder, link.toString(), "--version");

        List<String> lines = new ArrayList<>(ended.out().lines().toList());
        assertThat(lines).endsWith("dev.tapetum.cli.Tapetum", "--version");
        assertThat(ended.out()).contains(home + "/target/tapetum-1.jar:");
    }

    @Test
    void anOldJavaIsRefusedInOneLine() throws IOException, InterruptedException {
        Path home = checkout();

        Ended ended =
                run(Map.of("JAVA_HOME", javaHome("11.0.2").toString()), folder, home + "/submit/tapetum", "--version");

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.out().lines()).hasSize(1);
        assertThat(ended.out()).contains("is Java 11", "JDK 17");
    }

    @Test
    void aWrongHomeOfSparkIsRefused() throws IOException, InterruptedException {
        Path home = checkout();
        Map<String, String> environment =
                Map.of("JAVA_HOME", javaHome("17.0.1").toString(), "SPARK_HOME", folder.toString());

        Ended ended = run(environment, folder, home + "/submit/tapetum", "audit", "plan.conf");

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.out()).contains("has no bin/spark-submit");
    }

    /** A home of Java whose Spark launcher prints a separator, and then the command, its words ended by NUL. */
    private Path launcherHome() throws IOException {
        return script("launcher/bin/java", """
                case "$*" in
                *-version*) echo 'openjdk version "17.0.1"' >&2 ;;
                *) printf '\\0\\nprintf\\0%%s|\\0'
                   for word; do printf '%s\\0' "$word"; done
                   printf -- '--add-modules=jdk.incubator.vector\\0\\0' ;;
                esac
                """).getParent().getParent();
    }

    /** What Spark is started with on Maven's jars, after a file of defaults. */
    private String started(Path home, String defaults, String... arguments) throws IOException, InterruptedException {
        Path conf = Files.createDirectories(folder.resolve("conf"));
        Files.writeString(conf.resolve("spark-defaults.conf"), defaults);
        List<String> command = new ArrayList<>(List.of(home + "/submit/tapetum", "audit", "plan.conf", "--"));
        command.addAll(List.of(arguments));
        Map<String, String> environment =
                Map.of("JAVA_HOME", launcherHome().toString(), "SPARK_CONF_DIR", conf.toString());
        Ended ended = run(environment, folder, command.toArray(String[]::new));
        assertThat(ended.exit()).as(ended.out()).isZero();
        return ended.out();
    }

    @Test
    void theUsersJarsGoAlongWithOurs() throws IOException, InterruptedException {
        Path home = checkout();
        String ours = "|--jars|" + home + "/target/lib/a.jar," + home + "/target/lib/b.jar";
        String defaults = "spark.jars  default.jar\n";

        assertThat(started(home, "", "--master", "yarn", "--jars", "x.jar,y.jar"))
                .contains(ours + ",x.jar,y.jar|" + home + "/target/tapetum-1.jar|audit|");
        assertThat(started(home, defaults, "--master", "yarn", "--conf", "spark.jars=conf.jar"))
                .contains(ours + ",conf.jar|");
        assertThat(started(home, defaults, "--master", "yarn", "--conf", "spark.jars=conf.jar", "--jars=x.jar"))
                .contains(ours + ",x.jar|");
        assertThat(started(home, defaults, "--master", "yarn")).contains(ours + ",default.jar|");
        assertThat(started(home, "", "--driver-class-path", "/x/*"))
                .contains("|--driver-class-path|" + home + "/target/lib/*:/x/*|" + home);
    }

    @Test
    void theMasterOfSparksDefaultsIsSeen() throws IOException, InterruptedException {
        Path home = checkout();
        String cluster = "|--jars|" + home;
        String local = "|--driver-class-path|" + home;

        for (String defaults : List.of(
                "# spark.master local\n spark.master\tspark://head:7077 \r\n",
                "spark.master=spark://head:7077",
                "spark.masters local\nspark.master : spark://head:7077\n")) {
            assertThat(started(home, defaults)).as(defaults).contains(cluster).doesNotContain(local);
        }

        assertThat(started(home, "spark.master yarn\n", "--master", "local[4]"))
                .contains(local)
                .doesNotContain(cluster);
        assertThat(started(home, "", "--conf", "spark.master=yarn", "--master", "local"))
                .contains(local);
        assertThat(started(home, "spark.executor.memory 4g\n")).contains(local);
        assertThat(started(home, "", "--master", "local-cluster[2,1,1024]")).contains(cluster);
    }

    @Test
    void sparkStartsWithTheCommandThatItsOwnLauncherPrints() throws IOException, InterruptedException {
        Path home = checkout();

        Ended ended = run(
                Map.of("JAVA_HOME", launcherHome().toString()),
                folder,
                home + "/submit/tapetum",
                "audit",
                "my plan.conf",
                "--set",
                "",
                "--",
                "--driver-memory",
                "3g");

        assertThat(ended.exit()).isZero();
        // Locally our jars are on the class path, and no executor has to fetch them; an empty argument stays one.
        assertThat(ended.out())
                .endsWith("|org.apache.spark.deploy.SparkSubmit|--class|dev.tapetum.cli.Tapetum|--driver-memory|3g"
                        + "|--driver-class-path|" + home + "/target/lib/*|" + home
                        + "/target/tapetum-1.jar|audit|my plan.conf|--set|||");
    }

    @Test
    void theClusterExplainsItself() throws IOException, InterruptedException {
        Path home = checkout();

        assertThat(run(Map.of(), folder, home + "/submit/cluster", "--help").out())
                .contains("start", "status", "stop", "Examples:");
        assertThat(run(Map.of(), folder, home + "/submit/cluster").exit()).isEqualTo(1);
        assertThat(run(Map.of(), folder, home + "/submit/cluster", "start", "--workers", "many")
                        .exit())
                .isEqualTo(1);
        assertThat(run(Map.of(), folder, home + "/submit/cluster", "status").exit())
                .isEqualTo(2);
    }
}
