package dev.tapetum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.SparkExtension;
import dev.tapetum.job.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a plan is one line with file and line number and exit code 2, whoever notices it. */
@ExtendWith(SparkExtension.class)
final class WrongPlansTest {
    private static final String NO_MODEL = "nothing that anybody would load";

    @TempDir
    private Path folder;

    @BeforeEach
    void writeDatasetAndModel(SparkSession spark) throws IOException {
        Files.writeString(folder.resolve("manifest.csv"), "path,label,site\na.png,cat,north\nb.png,dog,south\n");
        Files.writeString(folder.resolve("plan.conf"), plan("saliency"));
        // Of the right form: no model is ever loaded in these tests.
        writeBundle("model.pt");
    }

    private void writeBundle(String file) throws IOException {
        Path bundle = Files.createDirectories(folder.resolve("bundle"));
        Files.writeString(bundle.resolve(file), NO_MODEL);
        Files.writeString(bundle.resolve("model.conf"), """
                format = 1
                input { width = 8, height = 8, resize = stretch, crop = none, interpolation = bilinear
                        mean = [0, 0, 0], std = [1, 1, 1] }
                classes = [cat, dog]
                sha256 = "%s"
                """.formatted(sha256(NO_MODEL)));
    }

    /** Line 4 has the attributes, line 7 the path of the model, line 11 the methods. */
    private String plan(String method) {
        return """
                run { output = "%1$s/out" }
                dataset {
                  manifest = "%1$s/manifest.csv"
                  attributes = [site]
                  label = label
                }
                model { path = "%1$s/bundle" }

                attribution {
                  # Comments count as lines.
                  methods = [%2$s]
                }
                gate = [{ metric = accuracy, attribute = site, max-gap = 0.1 }]
                """.formatted(folder, method);
    }

    private String planFile() {
        return folder.resolve("plan.conf").toString();
    }

    private Program planned(String old, String replacement) throws IOException {
        String text = plan("");
        assertThat(text).contains(old);
        Files.writeString(folder.resolve("plan.conf"), text.replace(old, replacement));
        return Program.run("plan", planFile());
    }

    private void assertRefused(Program program, int line, String... words) {
        assertThat(program.exit()).as(program.err()).isEqualTo(ExitCode.USER_ERROR.code());
        assertThat(program.out()).isEmpty();
        assertThat(program.err().lines()).hasSize(1);
        assertThat(program.err())
                .startsWith("tapetum: " + planFile() + ":" + line + ": ")
                .contains(words);
    }

    @Test
    void aGoodPlanIsToldInWords() {
        Program program = Program.run("plan", planFile());

        assertThat(program.err()).isEmpty();
        assertThat(program.exit()).isZero();
        assertThat(program.out()).contains("2 in ", "site", "2 classes, input 8x8", "saliency(abs=false)", "accuracy");
    }

    @Test
    void anUnknownKey() throws IOException {
        assertRefused(planned("  label = label", "  lable = label"), 5, "lable", "'label'");
    }

    @Test
    void aBadType() throws IOException {
        assertRefused(planned("max-gap = 0.1", "max-gap = much"), 13, "max-gap", "much");
    }

    @Test
    void textThatIsNotHocon() throws IOException {
        assertRefused(planned("attributes = [site]", "attributes = [site"), 5, "List should have ended");
    }

    @Test
    void aMissingManifest() throws IOException {
        writeBundle("model.pt");
        assertRefused(planned("/manifest.csv", "/missing.csv"), 3, "dataset.manifest", "missing.csv");
    }

    @Test
    void aMissingModel() throws IOException {
        assertRefused(planned("/bundle", "/nowhere"), 7, "model.path", "nowhere");
    }

    @Test
    void anAttributeThatTheManifestDoesNotHave() throws IOException {
        writeBundle("model.pt");
        assertRefused(planned("attributes = [site]", "attributes = [site, vendor]"), 4, "vendor");
    }

    @Test
    void interventionsThatCannotBeMade() throws IOException {
        assertRefused(intervening("[brightnes]"), 13, "brightnes", "'brightness'");
        assertRefused(intervening("[{ editor = blur, to = 0.1 }]"), 13, "from must be less than to");
        assertRefused(intervening("[background-brightness]"), 13, "BackgroundBrightness needs masks", "dataset.mask");
        assertRefused(
                intervening("[{ editor = stamp, picture = \"no/such.png\" }]"), 13, "no/such.png", "does not exist");
        assertRefused(
                intervening("[{ editor = diffusion, path = \"no/editor\", instruction = \"make it red\" }]"),
                13,
                "no/editor",
                "submit/export_editor.py");
        assertRefused(
                intervening("[{ editor = series, manifest = \"no/edits.csv\", property = age }]"), 13, "no/edits.csv");
        Path edits = Files.writeString(folder.resolve("edits.csv"), "image,property,strength,path\na,age,1,a1.png\n");
        assertRefused(
                intervening("[hue\n{ editor = series, manifest = \"" + edits + "\", property = age }]"),
                14,
                "none of the 1 rows about age",
                "a.png");
        assertRefused(
                intervening("[hue]\nproperty-gradients.targets = [label, cow]"), 14, "not 'cow'", "classes: cat, dog");
        assertRefused(
                intervening("[corruption(fog)]\nproperty-gradients.corruption-reference = last-night"),
                14,
                "run 'last-night'",
                "alexnet");
        assertRefused(
                intervening("[hue]\nproperty-gradients.sample = 5 per site"), 14, "\"500 per group\"", "'5 per site'");
    }

    private Program intervening(String interventions) throws IOException {
        return planned("gate = [", "interventions = " + interventions + "\ngate = [");
    }

    private void writeManifest(String rows) throws IOException {
        Files.writeString(folder.resolve("manifest.csv"), "path,label,site\n" + rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "audit --dry-run"})
    void whatTheListedImagesLackIsRefusedBeforeTheRun(String command) throws IOException {
        String[] arguments = (command + " " + planFile()).split(" ", -1);

        writeManifest("a.png,cat,\nb.png,dog,\n");
        assertRefused(Program.run(arguments), 4, "'site'", "no image");
        writeManifest("a.png,,north\nb.png,,south\n");
        assertRefused(Program.run(arguments), 5, "dataset.label", "no image");
        writeManifest("a.png,horse,north\nb.png,cow,south\n");
        assertRefused(Program.run(arguments), 5, "none of the 2 labels is a class", "cat, dog");
        writeManifest(IntStream.range(0, 501)
                .mapToObj(i -> i + ".png,cat,s" + i + "\n")
                .collect(Collectors.joining()));
        assertRefused(Program.run(arguments), 4, "'site'", "501 different values");
        writeManifest("");
        assertThat(Program.run(arguments).err()).contains("There is no image in ");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void labelsThatAreNoClassAreRemarkedOn() throws IOException {
        writeManifest("a.png,cat,north\nb.png,horse,south\n");

        Program program = Program.run("plan", planFile());

        assertThat(program.exit()).as(program.err()).isZero();
        assertThat(program.out()).contains("1 of 2 labels are no class of the model");
    }

    @Test
    void anAttributeThatTheDatasetDoesNotName() throws IOException {
        assertRefused(planned("attribute = site", "attribute = sight"), 13, "sight", "site");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "audit", "audit --dry-run"})
    void gradientsOfAModelThatHasNone(String command) throws IOException {
        Files.delete(folder.resolve("bundle/model.pt"));
        writeBundle("model.onnx");
        String[] arguments = (command + " " + planFile()).split(" ", -1);

        assertRefused(Program.run(arguments), 11, "gradients", "export_model.py");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void anOptionHasNoLine() {
        Program program = Program.run("plan", planFile(), "--set", "run.sead=8");

        assertThat(program.exit()).isEqualTo(2);
        assertThat(program.err()).startsWith("tapetum: --set run.sead: ").contains("'seed'");
    }

    @Test
    void aPlanThatIsNotThere() {
        Program program = Program.run("audit", folder.resolve("none.conf").toString());

        assertThat(program.exit()).isEqualTo(2);
        assertThat(program.err()).isEqualTo("tapetum: " + folder.resolve("none.conf") + ": there is no such file\n");
    }

    @Test
    void aPlanMayBeAUri() {
        String uri = folder.resolve("plan.conf").toUri().toString();

        assertThat(Program.run("plan", uri).exit()).isZero();
    }

    @Test
    void aUriThatNobodyCanOpenIsTheUsersMistake() {
        Program program = Program.run("plan", folder.toUri() + "none.conf");

        assertThat(program.exit()).isEqualTo(2);
        assertThat(program.err().lines()).hasSize(1);
        assertThat(program.err()).contains("none.conf: ");
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
