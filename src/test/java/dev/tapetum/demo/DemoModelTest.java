package dev.tapetum.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DemoModelTest {
    private static final int MAX_BYTES = 1_500_000;

    @ParameterizedTest
    @EnumSource(DemoModel.class)
    void theBundleIsSmallAndWhole(DemoModel model, @TempDir Path directory)
            throws IOException, NoSuchAlgorithmException {
        model.copyTo(directory.resolve("bundle"));

        byte[] weights = Files.readAllBytes(directory.resolve("bundle/model.pt"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(weights);
        assertThat(weights.length).isLessThanOrEqualTo(MAX_BYTES);
        assertThat(directory.resolve("bundle/model.conf"))
                .content()
                .contains("sha256 = \"" + HexFormat.of().formatHex(digest) + "\"")
                .contains("classes = [" + String.join(", ", PlantedFacts.CLASSES) + "]");
    }
}
