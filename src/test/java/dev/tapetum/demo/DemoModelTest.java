package dev.tapetum.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DemoModelTest {
    private static final int MAX_BYTES = 1_500_000;
    private static final Pattern SHA256 = Pattern.compile("sha256 = \"(\\w+)\"");

    @ParameterizedTest
    @EnumSource(DemoModel.class)
    void theBundleIsSmallAndWhole(DemoModel model, @TempDir Path directory)
            throws IOException, NoSuchAlgorithmException {
        model.copyTo(directory.resolve("bundle"));

        String conf = Files.readString(directory.resolve("bundle/model.conf"));
        assertThat(conf).contains("classes = [" + String.join(", ", PlantedFacts.CLASSES) + "]");
        List<String> digests = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.resolve("bundle"), "*.pt")) {
            for (Path file : files) {
                byte[] weights = Files.readAllBytes(file);
                assertThat(weights.length).as(file.toString()).isLessThanOrEqualTo(MAX_BYTES);
                digests.add(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(weights)));
            }
        }

        assertThat(SHA256.matcher(conf).results().map(found -> found.group(1)))
                .as("the files that model.conf tells of, and no other")
                .containsExactlyInAnyOrderElementsOf(digests);
    }
}
