package dev.tapetum.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelBundleTest {

    private static final String CONF = """
            format = 1
            input { width = 8, height = 8, resize = stretch, crop = none, interpolation = bilinear
                    mean = [0.5, 0.5, 0.5], std = [0.5, 0.5, 0.5] }
            classes-file = "classes.txt"
            sha256 = "00"
            """;

    @TempDir
    Path folder;

    @Test
    void theDigestSeesThePreprocessing() throws IOException {
        String before = digest(CONF, "cat\ndog\n");
        assertThat(digest(CONF.replace("mean = [0.5", "mean = [0.4"), "cat\ndog\n"))
                .isNotEqualTo(before);
    }

    @Test
    void theDigestSeesTheModelFile() throws IOException {
        String before = digest(CONF, "cat\ndog\n");
        assertThat(digest(CONF.replace("\"00\"", "\"01\""), "cat\ndog\n")).isNotEqualTo(before);
    }

    @Test
    void theDigestSeesTheClasses() throws IOException {
        String before = digest(CONF, "cat\ndog\n");
        assertThat(digest(CONF, "dog\ncat\n")).isNotEqualTo(before);
    }

    @Test
    void theDigestDoesNotSeeComments() throws IOException {
        String before = digest(CONF, "cat\ndog\n");
        assertThat(digest("# a remark\n" + CONF, "cat\ndog\n")).isEqualTo(before);
    }

    @Test
    void aVariantThatTakesTheNameOfTheModelIsRefused() {
        String variants = "variants = [ { name = model, kind = noisy, layers = all, sha256 = \"02\" } ]";
        assertThatThrownBy(() -> digest(CONF + variants, "cat\ndog\n"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("a variant cannot be named model, since model.pt is the model itself");
    }

    @Test
    void twoVariantsOfOneNameAreRefused() {
        String variant = "{ name = noisy-1, kind = noisy, layers = all, sha256 = \"02\" }";
        assertThatThrownBy(() -> digest(CONF + "variants = [" + variant + ", " + variant + "]", "cat\ndog\n"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("two variants are named noisy-1");
    }

    @Test
    void twoClassesOfOneNameAreRefused() {
        assertThatThrownBy(() -> digest(CONF, "crane\nmaillot\ncrane\n"))
                .isInstanceOf(UserError.class)
                .hasMessage(folder.resolve(ModelBundle.CONF) + ": two classes are named 'crane', and nobody could tell"
                        + " them apart in a table; give each a name of its own");
    }

    private String digest(String conf, String classes) throws IOException {
        Files.writeString(folder.resolve(ModelBundle.CONF), conf);
        Files.writeString(folder.resolve("classes.txt"), classes);
        Files.writeString(folder.resolve(ModelBundle.TORCHSCRIPT), "the model");
        return ModelBundle.read(folder, "toy").sha256();
    }
}
