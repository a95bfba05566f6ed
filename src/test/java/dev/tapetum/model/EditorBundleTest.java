package dev.tapetum.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.UserError;
import dev.tapetum.spec.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditorBundleTest {

    private static final String PART = "a part";
    private static final String CONF = """
            format = 1
            image { width = 64, height = 48 }
            latent { channels = 4, height = 6, width = 8 }
            tokens { length = 77, pad = 1 }
            schedule { timesteps = 1000, betas = scaled-linear, beta-start = 0.00085, beta-end = 0.012
                       prediction = v, spacing = leading, steps-offset = 1, set-alpha-to-one = false, clip-range = null }
            sha256 { text-encoder = "%1$s", unet = "%1$s", vae-encoder = "%1$s", vae-decoder = "%1$s", tokenizer = "%1$s" }
            """.formatted(Sha256.of(PART));

    @TempDir
    Path folder;

    @BeforeEach
    void allFilesAreThere() throws IOException {
        Files.writeString(folder.resolve(EditorBundle.CONF), CONF);
        for (String file :
                List.of("text-encoder.pt", "unet.pt", "vae-encoder.pt", "vae-decoder.pt", "tokenizer.json")) {
            Files.writeString(folder.resolve(file), PART);
        }
    }

    private EditorBundle read(String conf) throws IOException {
        Files.writeString(folder.resolve(EditorBundle.CONF), conf);
        return EditorBundle.read(folder, "toy");
    }

    private void assertRefused(String conf, String message) {
        assertThatThrownBy(() -> read(conf)).isInstanceOf(UserError.class).hasMessageContaining(message);
    }

    @Test
    void theConfSaysWhatTheModelIs() throws IOException {
        EditorBundle bundle = read(CONF);
        bundle.verify();
        assertThat(bundle.card())
                .isEqualTo(new EditorCard(
                        "toy",
                        48,
                        64,
                        new EditorCard.Latent(4, 6, 8),
                        new EditorCard.Tokens(77, 1),
                        new NoiseSchedule(
                                1000,
                                NoiseSchedule.Betas.SCALED_LINEAR,
                                0.00085,
                                0.012,
                                NoiseSchedule.Prediction.V,
                                NoiseSchedule.Spacing.LEADING,
                                1,
                                false,
                                null)));
    }

    @Test
    void theDigestSeesEverythingButComments() throws IOException {
        String digest = read(CONF).sha256();
        assertThat(read("# a remark\n" + CONF).sha256()).isEqualTo(digest);
        assertThat(read(CONF.replace("pad = 1", "pad = 0")).sha256()).isNotEqualTo(digest);
        assertThat(read(CONF.replace("beta-end = 0.012", "beta-end = 0.02")).sha256())
                .isNotEqualTo(digest);
        assertThat(read(CONF.replaceFirst("tokenizer = \"..", "tokenizer = \"00"))
                        .sha256())
                .isNotEqualTo(digest);
    }

    @Test
    void aFileThatIsNotTheOneStatedIsNamed() throws IOException {
        EditorBundle bundle = read(CONF);
        Files.writeString(folder.resolve("unet.pt"), "another part");
        assertThatThrownBy(bundle::verify)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("toy: unet.pt has sha256 ")
                .hasMessageContaining("but editor.conf says")
                .hasMessageContaining("export it again");
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Files.delete(folder.resolve("vae-encoder.pt"));
        assertRefused(CONF, "toy has no vae-encoder.pt; make a bundle with submit/export_editor.py");
        Files.delete(folder.resolve(EditorBundle.CONF));
        assertThatThrownBy(() -> EditorBundle.read(folder, "toy"))
                .isInstanceOf(UserError.class)
                .hasMessage("toy has no editor.conf; make a bundle with submit/export_editor.py");
    }

    @Test
    void whatIsWrongInTheConfIsSaidWithItsKey() {
        assertRefused(CONF.replace("format = 1", "format = 2"), "format must be 1");
        assertRefused(
                CONF.replace("prediction = v", "prediction = sample"), "'prediction' in schedule is an unknown word");
        assertRefused(CONF.replace("width = 64", "widht = 64"), "widht");
        assertRefused(
                CONF.replace("beta-end = 0.012", "beta-end = 1.2"), "beta-start and beta-end lie between 0 and 1");
        assertRefused(CONF.replace("timesteps = 1000", "timesteps = 0"), "timesteps must be at least 1");
        assertRefused(CONF.replace("channels = 4", "channels = 0"), "a latent has at least one value");
        assertRefused(CONF.replace("length = 77", "length = 1"), "length must be at least 2");
        assertRefused(CONF.replace("clip-range = null", "clip-range = 0"), "clip-range must be above 0");
    }
}
