package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.SparkExtension;
import dev.tapetum.UserError;
import dev.tapetum.config.PlanFile;
import dev.tapetum.demo.DemoEditor;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
final class InterventionCheckTest {

    @TempDir
    Path folder;

    private final HadoopSettings hadoop;

    InterventionCheckTest(SparkSession spark) {
        this.hadoop = HadoopSettings.of(spark);
    }

    @Test
    void moreSamplingStepsThanTheEditorsScheduleHas() throws IOException {
        DemoEditor.MINI.copyTo(folder.resolve("editor"));
        Path conf = folder.resolve("editor/editor.conf");
        Files.writeString(conf, Files.readString(conf).replace("timesteps = 1000", "timesteps = 100"));

        assertThat(check(3, painting(50)).sha256()).containsOnlyKeys(folder + "/editor");
        assertRefused(
                3,
                "sampling-steps is too large for " + folder + "/editor: sampling steps are from 1 to the 100 that the"
                        + " model was trained with, not 101",
                painting(101));
        // Of 100 leading ones with an offset of 1 the first is the 101st.
        assertRefused(3, "lead beyond the 100 steps that the model was trained with; ask for fewer", painting(100));
    }

    @Test
    void aDiffusionEditorForAModelOfOneChannel() {
        assertRefused(
                1, "Diffusion paints images of 3 channels, and the model takes images of 1; leave it out", painting(2));
    }

    @Test
    void aRuleOnCorruptionErrorsWithoutLabels() {
        String[] options = {
            "dataset.label=null",
            "interventions=[corruption(fog)]",
            "gate=[{ metric = accuracy, attribute = site, max-gap = 1 }, { metric = corruption.mce.mean, attribute = site, max-gap = 1 }]"
        };
        assertRefused(
                3,
                "the run will have no 'corruption.mce.mean', which needs labels, and dataset.label says that there are"
                        + " none; name the column of the labels, or leave the rule out",
                options);

        options[0] = "dataset.label=label";
        assertThat(check(3, options).sha256()).isEmpty();
    }

    @Test
    void aRunToMeasureCorruptionErrorsByWithoutLabels() {
        assertRefused(
                3,
                "corruption-reference names run 'last-night', and corruption errors need labels, of which dataset.label"
                        + " says that there are none; name the column of the labels, or leave the reference out",
                "dataset.label=null",
                "interventions=[corruption(fog)]",
                "property-gradients.corruption-reference=last-night");
    }

    /** The probabilities under the corruptions can be followed without labels, so that a remark is enough. */
    @Test
    void corruptionsWithoutLabelsAreRemarkedOn() {
        assertThat(remarks("dataset.label=null", "interventions=[corruption(fog)]"))
                .containsExactly(
                        "there are no corruption errors, since they need labels and dataset.label says that there"
                                + " are none; how far the probabilities move under the corruptions is told all the same");
        assertThat(remarks("interventions=[corruption(fog)]")).isEmpty();
        assertThat(remarks("dataset.label=null", "interventions=[hue]")).isEmpty();
    }

    private String painting(int samplingSteps) {
        return "interventions=[{ editor = diffusion, path = \"%s/editor\", instruction = red, sampling-steps = %d }]"
                .formatted(folder, samplingSteps);
    }

    private void assertRefused(int channels, String sentence, String... options) {
        assertThatThrownBy(() -> check(channels, options))
                .isInstanceOf(UserError.class)
                .hasMessageEndingWith(sentence);
    }

    private EditorMaterials check(int channels, String... options) {
        ModelCard model = new ModelCard(
                "model", InputSpec.raw(channels, 8, 8), List.of("cat", "dog"), List.of(), DifferentiableModel.class);
        return new InterventionCheck(plan(options), model).check(hadoop);
    }

    private List<String> remarks(String... options) {
        List<String> remarks = new ArrayList<>();
        InterventionCheck.remark(plan(options).plan(), remarks::add);
        return remarks;
    }

    private PlanFile plan(String... options) {
        return new DemoAudit(folder).plan("check", options);
    }
}
