package dev.tapetum.model.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.tapetum.UserError;
import dev.tapetum.image.PlanarImage;
import dev.tapetum.intervention.DdimPainter;
import dev.tapetum.model.EditorBundle;
import dev.tapetum.model.EditorCard;
import dev.tapetum.model.LatentDiffusion;
import dev.tapetum.model.NoiseSchedule;
import dev.tapetum.model.NoiseSchedule.Prediction;
import dev.tapetum.model.NoiseSchedule.Spacing;
import dev.tapetum.model.Painter;
import dev.tapetum.model.Painter.Commission;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of the shapes of Stable Diffusion, against what diffusers' own pipeline makes of it. */
class DjlLatentDiffusionTest {

    /**
     * Largest difference of a pixel on the scale from 0 to 1. Five steps and their guidance multiply what differs in the last
     * bits of float32 between the two builds of PyTorch; seen were 9e-6.
     */
    private static final double PIPELINE_TOLERANCE = 1e-4;

    private static EditorBundle bundle;
    private static DjlLatentDiffusion model;

    @BeforeAll
    static void load() {
        bundle = EditorBundle.read(Editors.random(), "random-sd");
        bundle.verify();
        model = DjlLatentDiffusion.load(bundle, -1);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void picturesAreThoseOfTheDiffusersPipeline() throws IOException {
        Config asked = ConfigFactory.parseFile(
                bundle.directory().resolve("paintings.json").toFile());
        List<? extends Config> settings = asked.getConfigList("paintings");
        for (int i = 0; i < settings.size(); i++) {
            Config setting = settings.get(i);
            PlanarImage painted = new DdimPainter(scheduled(setting))
                    .paint(List.of(commission(asked, setting)))
                    .get(0);
            float[] expected = floats("painting-" + i + ".f32");
            double difference = 0;
            for (int k = 0; k < expected.length; k++) {
                difference = Math.max(difference, Math.abs(expected[k] - painted.values()[k]));
            }

            System.out.printf(Locale.ROOT, "painting %d differs from diffusers by %.1e%n", i, difference);
            assertThat(difference).as("painting %d", i).isLessThanOrEqualTo(PIPELINE_TOLERANCE);
        }
    }

    @Test
    void aPictureDoesNotDependOnItsCompany() throws IOException {
        Config asked = ConfigFactory.parseFile(
                bundle.directory().resolve("paintings.json").toFile());
        Config setting = asked.getConfigList("paintings").get(0);
        Painter painter = new DdimPainter(model);
        Commission one = commission(asked, setting);
        List<Commission> many = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            many.add(new Commission(one.image(), "make it " + i, 2 + i, 1.5, 3, i));
        }

        many.add(7, one);
        assertThat(painter.paint(many).get(7).values())
                .isEqualTo(painter.paint(List.of(one)).get(0).values());
    }

    @Test
    void tokensAreThoseOfThePythonLibrary() {
        List<? extends Config> sentences =
                ConfigFactory.parseString("all = " + read("tokens.json")).getConfigList("all");
        try (InstructionTokenizer tokenizer = InstructionTokenizer.load(bundle)) {
            for (Config sentence : sentences) {
                long[] expected = sentence.getLongList("ids").stream()
                        .mapToLong(Long::longValue)
                        .toArray();
                assertThat(tokenizer.ids(sentence.getString("sentence")))
                        .as(sentence.getString("sentence"))
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void whatTheConfSaysWronglyIsFoundWhenTheEditorIsLoaded(@TempDir Path folder) throws IOException {
        String conf = Files.readString(bundle.directory().resolve(EditorBundle.CONF));
        assertRefused(
                folder, conf.replace("latent { channels = 4", "latent { channels = 5"), "unet.pt cannot be asked");
        assertRefused(folder, conf.replace("image { width = 64", "image { width = 128"), "vae-encoder.pt answers");
        assertRefused(folder, conf.replace("length = 77", "length = 78"), "text-encoder.pt cannot be asked");
    }

    @Test
    void aFileThatIsNoModelIsNamed(@TempDir Path folder) throws IOException {
        copy(folder, Files.readString(bundle.directory().resolve(EditorBundle.CONF)));
        Files.writeString(folder.resolve(EditorBundle.VAE_DECODER), "no model");
        assertThatThrownBy(() -> DjlLatentDiffusion.load(EditorBundle.read(folder, "broken"), -1))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("broken: vae-decoder.pt cannot be loaded");
        Files.writeString(folder.resolve(EditorBundle.TOKENIZER), "{}");
        assertThatThrownBy(() -> DjlLatentDiffusion.load(EditorBundle.read(folder, "broken"), -1))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("broken: tokenizer.json cannot be loaded");
    }

    private void assertRefused(Path folder, String conf, String message) throws IOException {
        copy(folder, conf);
        assertThatThrownBy(() -> DjlLatentDiffusion.load(EditorBundle.read(folder, "broken"), -1))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }

    private static void copy(Path folder, String conf) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(bundle.directory(), "*.{pt,json}")) {
            for (Path file : files) {
                Files.write(folder.resolve(String.valueOf(file.getFileName())), Files.readAllBytes(file));
            }
        }

        Files.writeString(folder.resolve(EditorBundle.CONF), conf);
    }

    private static Commission commission(Config asked, Config setting) throws IOException {
        return new Commission(
                new PlanarImage(3, 64, 64, floats("image.f32")),
                asked.getString("instruction"),
                setting.getDouble("textGuidance"),
                setting.getDouble("imageGuidance"),
                asked.getInt("steps"),
                asked.getLong("seed"));
    }

    /** The same parts under another schedule. */
    private static LatentDiffusion scheduled(Config setting) {
        EditorCard card = model.card();
        NoiseSchedule own = card.schedule();
        NoiseSchedule other = new NoiseSchedule(
                own.timesteps(),
                own.betas(),
                own.betaStart(),
                own.betaEnd(),
                Prediction.valueOf(setting.getString("prediction").toUpperCase(Locale.ROOT)),
                Spacing.valueOf(setting.getString("spacing").toUpperCase(Locale.ROOT)),
                own.stepsOffset(),
                own.setAlphaToOne(),
                setting.getIsNull("clipRange") ? null : setting.getDouble("clipRange"));
        EditorCard changed =
                new EditorCard(card.name(), card.height(), card.width(), card.latent(), card.tokens(), other);
        return new LatentDiffusion() {
            @Override
            public EditorCard card() {
                return changed;
            }

            @Override
            public List<float[]> encodeTexts(List<String> texts) {
                return model.encodeTexts(texts);
            }

            @Override
            public List<float[]> encodeImages(List<float[]> images) {
                return model.encodeImages(images);
            }

            @Override
            public List<float[]> predict(List<Noisy> rows) {
                return model.predict(rows);
            }

            @Override
            public List<float[]> decode(List<float[]> latents) {
                return model.decode(latents);
            }
        };
    }

    private static String read(String file) {
        try {
            return Files.readString(bundle.directory().resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static float[] floats(String file) throws IOException {
        byte[] bytes = Files.readAllBytes(bundle.directory().resolve(file));
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }
}
