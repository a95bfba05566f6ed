package dev.tapetum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.SparkExtension;
import dev.tapetum.demo.DemoDataset;
import dev.tapetum.demo.DemoModel;
import dev.tapetum.demo.Split;
import dev.tapetum.job.ExitCode;
import dev.tapetum.sae.SaeBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code sae train} as a shell sees it. */
@ExtendWith(SparkExtension.class)
final class SaeTrainCommandTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void writePlan(SparkSession spark) throws IOException {
        new DemoDataset(16, 11, Split.AUDIT).render(folder.resolve("photos"));
        DemoModel.VIT.copyTo(folder.resolve("model"));
        // Line 5 has the tap, line 6 the objectives, line 7 the batch and the share of held-out images, line 8 the
        // tokens.
        Files.writeString(folder.resolve("plan.conf"), """
                run { output = "%1$s/out" }
                dataset { manifest = "%1$s/photos/manifest.csv" }
                model { path = "%1$s/model", device = cpu, batch = 8 }
                sae.training {
                  tap = layer2
                  objectives = [ { objective = top-k, k = 4, expansion = 2 } ]
                  batch = 32, held-out = 0.3
                  tokens = 640, warm-up = 2
                }
                """.formatted(folder));
    }

    private Program train(String... options) {
        return Program.run(arguments("sae", "train", folder.resolve("plan.conf").toString(), options));
    }

    private static String[] arguments(String sae, String train, String plan, String... options) {
        String[] all = new String[3 + 2 * options.length];
        all[0] = sae;
        all[1] = train;
        all[2] = plan;
        for (int i = 0; i < options.length; i++) {
            all[3 + 2 * i] = "--set";
            all[4 + 2 * i] = options[i];
        }

        return all;
    }

    @Test
    void aPlanBecomesABundleThatTheLastLineNames() {
        Program program = train();

        assertThat(program.exit()).as(program.err()).isZero();
        assertThat(program.err())
                .contains("Harvesting activations at layer2", "Training 1 autoencoder", "Judging top-k");
        assertThat(program.out())
                .contains("Trained 1 autoencoder", "16 = ", "against the model's own predictions", "loss recovered");
        Matcher path = Pattern.compile("sae\\.path = \"(.*)\"").matcher(program.out());
        assertThat(path.find()).isTrue();
        SaeBundle bundle = SaeBundle.read(Path.of(path.group(1)), "bundle");
        assertThat(bundle.load("bundle").width()).isEqualTo(bundle.width());
        assertThat(bundle.quality()).isNotNull();
    }

    @Test
    void moreRejectsThanAllowedEndItBeforeTraining() throws IOException {
        for (int image = 0; image < 16; image += 2) {
            List<String> manifest = Files.readAllLines(folder.resolve("photos/manifest.csv"));
            Files.writeString(
                    folder.resolve("photos").resolve(manifest.get(image + 1).split(",")[0]), "no image");
        }

        Program program = train();

        assertThat(program.exit()).as(program.err()).isEqualTo(ExitCode.PARTIAL.code());
        assertThat(program.out()).contains("Nothing was trained", "unsupported-format", "--resume");
        assertThat(Files.exists(folder.resolve("out/sae/checkpoints"))).isFalse();
    }

    @Test
    void aPlanSaysWhatTrainingWouldTake() {
        Program program = Program.run("plan", folder.resolve("plan.conf").toString());

        assertThat(program.exit()).as(program.err()).isZero();
        // Of 16 images 5 are held out about, and 11 have 16 tokens each or more.
        assertThat(program.out())
                .contains("tokens of 11 images at layer2", "5 images are held out", "20 steps of 32 tokens");
    }

    private void assertRefused(Program program, int line, String... words) {
        assertThat(program.exit()).as(program.err()).isEqualTo(ExitCode.USER_ERROR.code());
        assertThat(program.err()
                        .lines()
                        .toList()
                        .get((int) program.err().lines().count() - 1))
                .startsWith("tapetum: " + folder.resolve("plan.conf") + ":" + line + ": ")
                .contains(words);
    }

    private Program changed(String old, String replacement) throws IOException {
        Path file = folder.resolve("plan.conf");
        String text = Files.readString(file);
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, replacement));
        return train();
    }

    @Test
    void anUnknownTap() throws IOException {
        assertRefused(changed("tap = layer2", "tap = layre2"), 5, "no tap 'layre2'", "'layer2'");
    }

    @Test
    void moreActiveLatentsThanThereAre() throws IOException {
        assertRefused(changed("k = 4", "k = 4000"), 6, "k must be at most the number of latents");
    }

    @Test
    void aBatchThatTheHarvestDoesNotFill() throws IOException {
        assertRefused(
                changed(
                        "batch = 32, held-out = 0.3\n  tokens = 640",
                        "batch = 32000, held-out = 0.3\n  tokens = 640000"),
                7,
                "a batch has 32000 tokens",
                "images");
    }

    @Test
    void tooFewTokensForTheWarmUp() throws IOException {
        assertRefused(changed("warm-up = 2", "warm-up = 20"), 8, "tokens must be enough");
    }

    @Test
    void nothingToJudgeBy() throws IOException {
        assertRefused(changed("held-out = 0.3", "held-out = 0.0001"), 7, "holds out none of the 16 images");
    }

    @Test
    void aModelWithoutTaps() throws IOException {
        Path conf = folder.resolve("model/model.conf");
        Files.writeString(conf, Files.readString(conf).replaceAll("(?s)taps = \\[.*?\\n\\]", "taps = []"));

        assertRefused(train(), 3, "has no taps", "--tap");
    }
}
