package dev.tapetum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShellTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "out/photos",
                "s3a://bucket/out",
                "my photos",
                "SELECT * FROM gaps WHERE metric = 'accuracy'",
                "`group` = \"a\" AND \\ $HOME",
                ""
            })
    void theShellReadsTheTextBack(String text) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", "printf %s " + Shell.quoted(text)).start();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(text);
        assertThat(shell.waitFor()).isZero();
    }
}
