package dev.tapetum.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import dev.tapetum.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoconTest {
    @TempDir
    private Path folder;

    private Path write(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    private static ConfigValue resolved(String text, Map<String, String> environment) {
        Config config = Hocon.text(text, "a.conf");
        return Hocon.resolve(config, "a.conf", environment).toConfig().getValue("x");
    }

    @Test
    void includedFilesKeepTheirOwnLines() throws IOException {
        write("base.conf", "", "deep { x = 1 }");
        Config config = Hocon.file(write("plan.conf", "include \"base.conf\""));

        assertThat(Place.of(config.root(), "deep.x").text()).isEqualTo(folder.resolve("base.conf") + ":2");
    }

    @Test
    void missingFilesAndFoldersAreNamed() {
        assertThatThrownBy(() -> Hocon.file(folder.resolve("no.conf")))
                .isInstanceOf(UserError.class)
                .hasMessage(folder.resolve("no.conf") + ": there is no such file");
        assertThatThrownBy(() -> Hocon.file(folder)).hasMessage(folder + ": is not a file");
    }

    @Test
    void badSyntaxHasItsLine() throws IOException {
        Path file = write("plan.conf", "a = 1", "b = [1", "c = }");

        assertThatThrownBy(() -> Hocon.file(file))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(file + ":3: ")
                .message()
                .doesNotContain("\n")
                .doesNotContain(": 3:");
    }

    @Test
    void requiredIncludesThatAreMissingAreNamed() throws IOException {
        Path file = write("plan.conf", "a = 1", "include required(file(\"no.conf\"))");

        assertThatThrownBy(() -> Hocon.file(file)).isInstanceOf(UserError.class).hasMessageContaining("no.conf");
    }

    @Test
    void keysOfTheTextGoBeforeTheEnvironment() {
        assertThat(resolved("x = ${y}, y = 1", Map.of("y", "2")).unwrapped()).isEqualTo(1);
        assertThat(resolved("x = ${Y}", Map.of("Y", "2")).unwrapped()).isEqualTo("2");
        assertThat(resolved("x = 3, x = ${?Y}", Map.of()).unwrapped()).isEqualTo(3);
    }

    @Test
    void anUnknownVariableHasItsLine() {
        assertThatThrownBy(() -> resolved("a = 1\nx = ${NO_SUCH}", Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("a.conf:2: Could not resolve substitution to a value: ${NO_SUCH}");
    }

    @Test
    void optionsOverrideEachOtherInOrder() {
        Config config = Hocon.options(List.of("run.seed=1", "run.id = a", "run.seed=2"));

        assertThat(config.getString("run.seed")).isEqualTo("2");
        assertThat(config.getString("run.id")).isEqualTo("a");
    }

    @Test
    void optionsAreTakenLiterallyUnlessTheyCanOnlyBeHocon() {
        Config config = Hocon.options(List.of("a=s3a://b/c?d=e", "l=[1, 2]", "o={ x = 1 }", "q=\"a b\"", "e="));

        assertThat(config.getString("a")).isEqualTo("s3a://b/c?d=e");
        assertThat(config.getIntList("l")).containsExactly(1, 2);
        assertThat(config.getInt("o.x")).isEqualTo(1);
        assertThat(config.getString("q")).isEqualTo("a b");
        assertThat(config.getString("e")).isEmpty();
        assertThat(Hocon.options(List.of("n=null")).getIsNull("n")).isTrue();
    }

    @Test
    void anOptionMayReferToThePlanItOverrides() {
        Config config = Hocon.options(List.of("x=${y}/b")).withFallback(Hocon.text("x = 1, y = a", "a.conf"));

        assertThat(Hocon.resolve(config, "a.conf", Map.of()).toConfig().getString("x"))
                .isEqualTo("a/b");
    }

    @Test
    void malformedOptionsAreNamed() {
        assertThatThrownBy(() -> Hocon.options(List.of("run.seed")))
                .isInstanceOf(UserError.class)
                .hasMessage("--set run.seed: must have the form key=value");
        assertThatThrownBy(() -> Hocon.options(List.of("run.=3")))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("--set run.: ");
        assertThatThrownBy(() -> Hocon.options(List.of("run.seed=[1")))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("--set run.seed: ");
    }
}
