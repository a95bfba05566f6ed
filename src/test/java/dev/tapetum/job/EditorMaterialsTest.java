package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.SparkExtension;
import dev.tapetum.UserError;
import dev.tapetum.config.Plan;
import dev.tapetum.demo.DemoEditor;
import dev.tapetum.image.Colour;
import dev.tapetum.image.ImageEncoder;
import dev.tapetum.image.RgbImage;
import dev.tapetum.intervention.Diffusion;
import dev.tapetum.intervention.Gauge;
import dev.tapetum.intervention.Place;
import dev.tapetum.intervention.Stamp;
import dev.tapetum.job.source.FlakyFileSystem;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.spec.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
final class EditorMaterialsTest {

    private static final int FILES_OF_A_BUNDLE = 6;

    @TempDir
    Path folder;

    private final HadoopSettings hadoop;

    EditorMaterialsTest(SparkSession spark) {
        FlakyFileSystem.register(spark);
        this.hadoop = HadoopSettings.of(spark);
    }

    @Test
    void aPictureThatHasChangedByTheNextRunIsAnotherPicture() throws IOException {
        paint(0);
        EditorMaterials before = none().with(stamp());
        paint(255);
        EditorMaterials after = none().with(stamp());

        assertThat(before.picture(tag()).at(0, 0, 0)).isEqualTo(0f);
        assertThat(after.picture(tag()).at(0, 0, 0)).isEqualTo(1f);
        assertThat(after.sha256()).containsOnlyKeys(tag()).isNotEqualTo(before.sha256());
    }

    @Test
    void aPictureIsNotShownThatIsAnotherThanTheDriverSaw() throws IOException {
        paint(7);
        EditorMaterials seen = none().with(stamp());
        String expected = Sha256.of("what the driver saw");
        EditorMaterials elsewhere = new EditorMaterials(
                seen.bytes(),
                seen.limits(),
                hadoop,
                seen.device(),
                Map.of(tag(), expected),
                Map.of(),
                SteeredFeatures.NONE);

        assertThatThrownBy(() -> elsewhere.picture(tag()))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(tag() + " changed while the run was going on")
                .hasMessageContaining(expected)
                .hasMessageContaining(seen.sha256().get(tag()));
    }

    @Test
    void aBundleIsOpenedOnceForAllEditorsThatNeedIt() throws IOException {
        DemoEditor.MINI.copyTo(folder.resolve("editor"));
        String path = "flaky:" + folder.resolve("editor");
        FlakyFileSystem.failing(0, IOException::new);

        EditorMaterials materials = none().with(diffusion(path, "make it red")).with(diffusion(path, "make it blue"));

        assertThat(FlakyFileSystem.opened()).isEqualTo(FILES_OF_A_BUNDLE);
        assertThat(materials.sha256()).containsOnlyKeys(path);
    }

    private EditorMaterials none() {
        Plan plan = new DemoAudit(folder).plan("materials").plan();
        return EditorMaterials.none(plan, hadoop);
    }

    private String tag() {
        return folder.resolve("tag.png").toString();
    }

    private void paint(int grey) throws IOException {
        byte[] rgb = new byte[2 * 2 * 3];
        Arrays.fill(rgb, (byte) grey);
        Files.write(Path.of(tag()), ImageEncoder.png(new RgbImage(2, 2, rgb)));
    }

    private Stamp stamp() {
        return new Stamp("tag", new Place.Square(0.5, 0.5, 0.2), Colour.parse("#ffffff"), tag(), 0.1, 1, 3);
    }

    private static Diffusion diffusion(String path, String instruction) {
        return new Diffusion(path, instruction, 1.01, 15, 3, 2.5, 2, null, Gauge.Trend.RISING);
    }
}
