package dev.tapetum.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.model.EditorBundle;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DemoEditorTest {
    private static final long MAX_BYTES = 3_000_000;

    @ParameterizedTest
    @EnumSource(DemoEditor.class)
    void theBundleIsSmallAndWhole(DemoEditor editor, @TempDir Path directory) throws IOException {
        editor.copyTo(directory.resolve("bundle"));

        EditorBundle.read(directory.resolve("bundle"), "mini").verify();
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.resolve("bundle"))) {
            for (Path file : files) {
                bytes += Files.size(file);
            }
        }

        assertThat(bytes).isLessThanOrEqualTo(MAX_BYTES);
    }
}
