package dev.tapetum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.UserError;
import dev.tapetum.attributionmetric.Correlation;
import dev.tapetum.attributionmetric.ModelParameterRandomisation;
import dev.tapetum.config.Plan;
import dev.tapetum.config.PlanFile;
import dev.tapetum.demo.DemoAutoencoder;
import dev.tapetum.demo.DemoModel;
import dev.tapetum.demo.PlantedFacts;
import dev.tapetum.fairness.Gate;
import dev.tapetum.intervention.Diffusion;
import dev.tapetum.intervention.SaeFeature;
import dev.tapetum.intervention.Stamp;
import dev.tapetum.model.EditorBundle;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.ModelCard;
import dev.tapetum.sae.SaeBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DemoFolderTest {
    private static final int FEW = 2;

    @TempDir
    private Path directory;

    private DemoFolder folder(String name) throws IOException {
        return DemoFolder.at(directory.resolve(name), FEW, DemoModel.VIT);
    }

    @Test
    void theWrittenPlanIsAPlanOfWhatIsInTheFolder() throws IOException {
        DemoFolder folder = folder("with \"quotes\" and spaces");
        folder.render();
        folder.writeModelAndPlan();

        Plan plan = PlanFile.load(folder.plan().toString(), List.of()).plan();
        assertThat(Path.of(plan.model().path())).isDirectoryContaining("glob:**/model.conf");
        assertThat(plan.dataset().manifest())
                .isNotNull()
                .satisfies(path -> assertThat(Path.of(path)).isRegularFile());
        assertThat(plan.dataset().attributes())
                .contains(
                        PlantedFacts.SITE_ATTRIBUTE,
                        PlantedFacts.CUE_ATTRIBUTE,
                        PlantedFacts.HARMLESS_PROPERTY,
                        PlantedFacts.HARMLESS_ATTRIBUTE);
        assertThat(plan.gate())
                .extracting(Gate::metric)
                .contains("accuracy", "false-positive-rate[" + PlantedFacts.CUE_CLASS + "]");
    }

    @ParameterizedTest
    @EnumSource
    void theSecondPlanAsksWhatItsBundleCanAnswer(DemoModel model) throws IOException {
        DemoFolder folder = DemoFolder.at(directory.resolve("a \"demo\""), FEW, model);
        folder.render();
        folder.writeModelAndPlan();

        Plan plan = PlanFile.load(folder.explanations().toString(), List.of()).plan();
        ModelCard card = ModelBundle.read(Path.of(plan.model().path()), "demo").card();
        plan.attribution().methods().forEach(method -> method.check(card));
        plan.attributionMetrics().forEach(metric -> metric.check(card));
        assertThat(plan.attributionMetrics().contains(new ModelParameterRandomisation(Correlation.SPEARMAN)))
                .isEqualTo(model.isRandomised());
    }

    @Test
    void theThirdPlanPutsTheTagOnImages() throws IOException {
        DemoFolder folder = DemoFolder.at(directory.resolve("a \"demo\""), FEW, DemoModel.CNN);
        folder.render();
        folder.writeModelAndPlan();

        Plan plan = PlanFile.load(folder.interventions().toString(), List.of()).plan();
        assertThat(plan.interventions())
                .filteredOn(Stamp.class::isInstance)
                .singleElement()
                .extracting(editor -> Path.of(((Stamp) editor).picture()))
                .satisfies(picture -> assertThat(picture).isRegularFile());
    }

    @Test
    void theFourthPlanFindsItsPainter() throws IOException {
        DemoFolder folder = DemoFolder.at(directory.resolve("a \"demo\""), FEW, DemoModel.CNN);
        folder.render();
        folder.writeModelAndPlan();

        Plan plan = PlanFile.load(folder.diffusion().toString(), List.of()).plan();
        assertThat(plan.interventions()).hasSize(2).allSatisfy(editor -> {
            Path bundle = Path.of(((Diffusion) editor).path());
            assertThat(EditorBundle.read(bundle, "demo").card()).isNotNull();
        });
    }

    @Test
    void theFifthPlanFindsTheTransformerAndItsAutoencoder() throws IOException {
        DemoFolder folder = DemoFolder.at(directory.resolve("a \"demo\""), FEW, DemoModel.CNN);
        folder.render();
        folder.writeModelAndPlan();

        Plan plan = PlanFile.load(folder.features().toString(), List.of()).plan();
        SaeBundle bundle =
                SaeBundle.read(Path.of(Objects.requireNonNull(plan.sae().path())), "demo");
        assertThat(bundle.modelSha256())
                .isEqualTo(
                        ModelBundle.read(Path.of(plan.model().path()), "demo").sha256());
        assertThat(plan.interventions())
                .singleElement()
                .extracting(editor -> ((SaeFeature) editor).feature())
                .isEqualTo(DemoAutoencoder.CUE_FEATURE);
        assertThat(plan.sae().features()).containsExactly(DemoAutoencoder.CUE_FEATURE);
    }

    @Test
    void anEarlierDemoIsUsedAgainWhenItHasAsManyImages() throws IOException {
        DemoFolder folder = folder("demo");
        assertThat(folder.isRendered()).isFalse();

        folder.render();
        folder.writeModelAndPlan();

        assertThat(folder("demo").isRendered()).isTrue();
        assertThat(DemoFolder.at(directory.resolve("demo"), FEW + 1, DemoModel.VIT)
                        .isRendered())
                .isFalse();
    }

    @Test
    void aPlanThatTheUserHasChangedIsKept() throws IOException {
        DemoFolder folder = folder("demo");
        folder.render();
        assertThat(folder.writeModelAndPlan()).isTrue();
        assertThat(folder.writeModelAndPlan()).isTrue();
        String edited = Files.readString(folder.plan()) + "run.seed = 8\n";
        Files.writeString(folder.plan(), edited);

        DemoFolder more = DemoFolder.at(directory.resolve("demo"), FEW + 1, DemoModel.VIT);
        more.render();

        assertThat(more.writeModelAndPlan()).isFalse();
        assertThat(folder.plan()).hasContent(edited);
    }

    @Test
    void theUntouchedPlanOfAnotherModelIsReplaced() throws IOException {
        DemoFolder folder = folder("demo");
        folder.render();
        folder.writeModelAndPlan();
        DemoFolder other = DemoFolder.at(directory.resolve("demo"), FEW, DemoModel.CNN);

        assertThat(other.writeModelAndPlan()).isTrue();
        assertThat(folder.plan()).hasContent(other.planText());
    }

    @Test
    void theUntouchedPlanOfAFolderThatWasMovedIsReplaced() throws IOException {
        DemoFolder folder = folder("demo");
        folder.render();
        folder.writeModelAndPlan();
        Files.move(directory.resolve("demo"), directory.resolve("moved"));
        DemoFolder moved = folder("moved");

        assertThat(moved.writeModelAndPlan()).isTrue();
        assertThat(moved.plan()).hasContent(moved.planText());
    }

    @Test
    void aFolderOfSomethingElseIsRefused() throws IOException {
        Files.writeString(directory.resolve("thesis.tex"), "");

        assertThatThrownBy(() -> folder("."))
                .isInstanceOf(UserError.class)
                .hasMessageEndingWith("is not empty and not an earlier demo; name another folder");
    }

    @Test
    void aFileIsRefused() throws IOException {
        Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> folder("file")).isInstanceOf(UserError.class).hasMessageContaining("is a file");
    }

    @Test
    void anImpossibleNumberOfImagesIsRefused() {
        assertThatThrownBy(() -> DemoFolder.at(directory.resolve("demo"), 0, DemoModel.CNN))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("--images: ");
    }
}
