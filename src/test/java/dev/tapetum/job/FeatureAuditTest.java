package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.SparkExtension;
import dev.tapetum.UserError;
import dev.tapetum.config.PlanFile;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.sae.FeatureExtents;
import dev.tapetum.sae.SaeBundle;
import dev.tapetum.table.EvidenceRow;
import dev.tapetum.table.FeatureActivationRow;
import dev.tapetum.table.FeatureEffectRow;
import dev.tapetum.table.FeaturePart;
import dev.tapetum.table.FeatureRow;
import dev.tapetum.table.FeaturesPart;
import dev.tapetum.table.InterventionRow;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.RunStatus;
import dev.tapetum.table.Table;
import dev.tapetum.table.TableViews;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class FeatureAuditTest {

    private static final int IMAGES = 24;
    private static final int TOP = 5;

    /** Logits are of size one to ten. */
    private static final double ROUNDING = 1e-4;

    @TempDir
    static Path folder;

    static DemoAudit demo;
    static SaeBundle bundle;

    static RunRow run;

    @BeforeAll
    static void audit(SparkSession spark) throws IOException {
        demo = DemoAudit.render(folder, IMAGES);
        bundle = DemoSae.write(demo, "sae");
        run = AuditRun.run(spark, plan("features", "sae.features=[3, 39]"), false, new DemoAudit.Heard())
                .run();
    }

    private static PlanFile plan(String runId, String... options) {
        String[] all = new String[options.length + 4];
        all[0] = "attribution.methods=[]";
        all[1] = "gate=[]";
        all[2] = "sae.path=\"" + folder + "/sae\"";
        all[3] = "sae.top=" + TOP;
        System.arraycopy(options, 0, all, 4, options.length);
        return demo.plan(runId, all);
    }

    @Test
    void aRunKeepsTheStrongestFeaturesOfEachImageAndTheDigestOfTheAutoencoder(SparkSession spark) {
        assertThat(run.status()).isEqualTo(RunStatus.COMPLETE);
        assertThat(Objects.requireNonNull(run.materialSha256())).containsOnlyKeys(folder + "/sae");
        List<FeatureActivationRow> rows = Table.FEATURE_ACTIVATIONS
                .read(spark, demo.output())
                .filter("run_id = 'features'")
                .collectAsList();
        assertThat(rows).hasSize(TOP * IMAGES).allMatch(row -> row.sae().equals(folder + "/sae"));
        assertThat(rows).allMatch(row -> row.maxActivation() >= row.meanActivation() && row.activePatches() >= 1);
        List<FeatureRow> features = Table.FEATURES
                .read(spark, demo.output())
                .filter("run_id = 'features'")
                .collectAsList();
        assertThat(features).hasSize(DemoSae.FEATURES);
        Map<String, Double> frequencies = new HashMap<>();
        Table.GROUP_METRICS
                .read(spark, demo.output())
                .filter("run_id = 'features' and attribute = '*' and metric like 'feature-frequency%'")
                .collectAsList()
                .forEach(row -> frequencies.put(row.metric(), row.value()));
        assertThat(frequencies)
                .containsOnly(
                        Map.entry("feature-frequency[3]", frequency(features, 3)),
                        Map.entry("feature-frequency[39]", 0.0));
        assertThat(features)
                .filteredOn(FeatureRow::dead)
                .extracting(FeatureRow::feature)
                .contains(39);
        assertThat(features)
                .filteredOn(row -> !row.dead())
                .allMatch(row -> row.topImages().get(0).activation() == row.maxActivation());
        assertThat(Table.FEATURE_ASSOCIATIONS
                        .read(spark, demo.output())
                        .filter("run_id = 'features'")
                        .collectAsList())
                .isNotEmpty()
                .allMatch(row -> row.auroc() >= 0 && row.auroc() <= 1 && row.qValue() >= row.pValue());
        // One forward evaluation for the prediction, one for the features.
        assertThat(run.forwardEvaluations()).isEqualTo(2 * IMAGES);
    }

    private static double frequency(List<FeatureRow> features, int feature) {
        return features.stream()
                .filter(row -> row.feature() == feature)
                .mapToDouble(row -> Objects.requireNonNull(row.frequency()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void featuresThatTheAutoencoderLacksOrThatNobodyNamedAreRefused() {
        SparkSession spark = SparkSession.active();
        PlanFile beyond = plan("wrong", "sae.features=[3, 40]");
        PlanFile unnamed = plan(
                "wrong",
                "sae.features=[3]",
                "gate=[{ metric = \"feature-frequency[33]\", attribute = vendor, max-gap = 0.1 }]");

        assertThatThrownBy(() -> AuditRun.check(spark, beyond))
                .isInstanceOf(UserError.class)
                .hasMessage("--set sae.features: a feature is an index below 40, the number of features of " + folder
                        + "/sae, not 40");
        assertThatThrownBy(() -> AuditRun.check(spark, unnamed))
                .isInstanceOf(UserError.class)
                .hasMessageEndingWith("the run will have no metric 'feature-frequency[33]'; name 33 in sae.features");
    }

    /** A feature from −1 to 1 in three steps: of each image three rows per control, for one class. */
    @Test
    void aFeatureIsSetToMultiplesOfWhatAnEarlierRunSawOfIt(SparkSession spark) throws IOException {
        int feature = Table.FEATURES
                .read(spark, demo.output())
                .filter("run_id = 'features' and images between 1 and " + (IMAGES - 1))
                .first()
                .feature();
        String editor = "interventions=[{ editor = sae-feature, feature = " + feature
                + ", run = features, from = -1, to = 1, steps = 3 }]";

        DemoAudit.Heard heard = new DemoAudit.Heard();
        RunRow steered =
                AuditRun.run(spark, plan("steered", editor), false, heard).run();

        assertThat(steered.status()).isEqualTo(RunStatus.COMPLETE);
        assertThat(heard.steps).noneMatch(step -> step.contains("could not"));
        List<FeatureEffectRow> rows = Table.FEATURE_EFFECTS
                .read(spark, demo.output())
                .filter("run_id = 'steered'")
                .collectAsList();
        assertThat(rows).hasSize(3 * 3 * IMAGES).allMatch(FeatureEffectRow::valid);
        assertThat(rows).extracting(FeatureEffectRow::scale).containsOnly(-1.0, 0.0, 1.0);
        assertThat(rows)
                .extracting(FeatureEffectRow::control)
                .containsOnly("none", "random-feature", "random-direction");
        assertThat(rows)
                .filteredOn(row -> row.control().equals("random-feature"))
                .extracting(FeatureEffectRow::actingFeature)
                .doesNotContain(feature, 39)
                .satisfies(acting -> assertThat(acting.stream().distinct()).hasSize(1));
        assertThat(rows)
                .filteredOn(row -> !row.control().equals("random-feature"))
                .extracting(FeatureEffectRow::actingFeature)
                .containsOnly(feature);
        List<InterventionRow> own = Table.INTERVENTIONS
                .read(spark, demo.output())
                .filter("run_id = 'steered'")
                .collectAsList();
        assertThat(own)
                .hasSize(3 * IMAGES)
                .extracting(InterventionRow::property)
                .containsOnly("feature " + feature);
        assertThat(Table.PROPERTY_EFFECTS
                        .read(spark, demo.output())
                        .filter("run_id = 'steered' and attribute = 'vendor'")
                        .count())
                .isPositive();
        assertThat(rows).allMatch(row -> row.reconstructionError() > 0);
        assertTakenOutWhereItIsNotActive(spark, feature, rows);
        assertTheQueryOfTheReadmeTellsGapsAndEffects(spark, feature);
        assertTheSameWhenTheBundleKnows(spark, feature, rows);
    }

    /** A bundle that was judged by the very images of the earlier run stands for it. */
    private static void assertTheSameWhenTheBundleKnows(
            SparkSession spark, int feature, List<FeatureEffectRow> expected) {
        float[] maxima = new float[DemoSae.FEATURES];
        long[] images = new long[maxima.length];
        for (FeatureRow row : Table.FEATURES
                .read(spark, demo.output())
                .filter("run_id = 'features' and not dead")
                .collectAsList()) {
            maxima[row.feature()] = Objects.requireNonNull(row.maxActivation()).floatValue();
            images[row.feature()] = row.images();
        }

        DemoSae.write(demo, "judged", new FeatureExtents(IMAGES, maxima, images));
        AuditRun.run(spark, judged(feature), false, new DemoAudit.Heard());

        assertThat(Table.FEATURE_EFFECTS
                        .read(spark, demo.output())
                        .filter("run_id = 'judged'")
                        .collectAsList())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("runId", "editor", "sae")
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Without an earlier run. */
    private static PlanFile judged(int feature) {
        return plan(
                "judged",
                "sae.path=\"" + folder + "/judged\"",
                "interventions=[{ editor = sae-feature, feature = " + feature + ", from = -1, to = 1, steps = 3 }]");
    }

    @Test
    void aBundleThatDoesNotSayHowLargeFeaturesGetNeedsAnEarlierRun(SparkSession spark) {
        PlanFile unknown = plan("unknown", "interventions=[{ editor = sae-feature, feature = 3 }]");

        assertThatThrownBy(() -> AuditRun.check(spark, unknown))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(
                        folder + "/sae does not say how large its features get; name in run an earlier run"
                                + " with the same sae.path, or judge it again with tapetum sae train --resume, which changes the"
                                + " bundle, so that earlier runs no longer count as of it");
    }

    /** Of the held-out images none has feature 3, and all have feature 4, which has no other beside it. */
    @Test
    void aFeatureThatNoHeldOutImageHasIsRefused(SparkSession spark) {
        float[] maxima = new float[DemoSae.FEATURES];
        long[] images = new long[maxima.length];
        maxima[4] = 2;
        images[4] = 9;
        DemoSae.write(demo, "judged", new FeatureExtents(9, maxima, images));

        assertThatThrownBy(() -> AuditRun.check(spark, judged(3)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("feature 3 is active in none of the 9 held-out images that " + folder
                        + "/judged was judged by, so that nobody knows how large it gets; name another, or in run an"
                        + " earlier run that saw it at work");
        assertThatThrownBy(() -> AuditRun.check(spark, judged(4)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("in the 9 held-out images that " + folder
                        + "/judged was judged by no other feature is active to hold 4 against");
    }

    private static void assertTheQueryOfTheReadmeTellsGapsAndEffects(SparkSession spark, int feature)
            throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int start = readme.indexOf("  SELECT a.feature");
        String query = readme.substring(start, readme.indexOf('"', start)).replace("\\`", "`");
        TableViews.register(spark, demo.output(), "steered");

        List<Row> told = spark.sql(query).collectAsList();

        assertThat(told)
                .isNotEmpty()
                .allMatch(row -> row.<Integer>getAs("feature") == feature && Math.abs(row.<Double>getAs("gap")) <= 1)
                .extracting(row -> row.<String>getAs("control"))
                .contains("none", "random-feature", "random-direction");
    }

    /** Where a feature is not active, taking it out changes nothing. */
    private static void assertTakenOutWhereItIsNotActive(SparkSession spark, int feature, List<FeatureEffectRow> rows) {
        Map<String, Double> logits = new HashMap<>();
        Table.PREDICTIONS
                .read(spark, demo.output())
                .filter("run_id = 'steered'")
                .collectAsList()
                .forEach(row -> logits.put(row.imageId(), (double) row.logits()[row.predictedIndex()]));
        List<String> active = Waves.evidence(
                        spark,
                        new RunFolder(
                                demo.output(), "steered", spark.sparkContext().hadoopConfiguration()))
                .filter("array_contains(features.active, " + feature + ")")
                .select("image_id")
                .as(Encoders.STRING())
                .collectAsList();
        List<FeatureEffectRow> takenOut = rows.stream()
                .filter(row -> row.scale() == 0 && row.control().equals("none"))
                .toList();
        assertThat(active).hasSizeBetween(1, IMAGES - 1);
        int changed = 0;
        for (FeatureEffectRow row : takenOut) {
            double change = Math.abs(row.logit() - logits.get(row.imageId()));
            if (active.contains(row.imageId())) {
                changed += change > ROUNDING ? 1 : 0;
            } else {
                assertThat(change).isLessThan(ROUNDING);
            }
        }

        assertThat(changed).isPositive();
    }

    @Test
    void aFeatureThatNoEarlierRunKnowsIsRefusedAtItsLine(SparkSession spark) {
        PlanFile wrong = plan("wrong", "interventions=[{ editor = sae-feature, feature = 3, run = nobody }]");

        assertThatThrownBy(() -> AuditRun.check(spark, wrong))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("run names 'nobody', which has no features of " + folder + "/sae");
    }

    @Test
    void aFeatureWithoutAnAutoencoderIsRefused(SparkSession spark) {
        PlanFile wrong =
                plan("wrong", "sae.path=null", "interventions=[{ editor = sae-feature, feature = 3, run = nobody }]");

        assertThatThrownBy(() -> AuditRun.check(spark, wrong))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("sae-feature needs an autoencoder, and sae.path names none");
    }

    @Test
    void featuresDependNeitherOnThePartitionsNorOnTheBatch(SparkSession spark) {
        TaskHarness harness = TaskHarness.list(spark, demo);

        List<EvidenceRow> one = harness.evidence(plan("one").plan(), 1, 16);
        List<EvidenceRow> seven = harness.evidence(plan("seven").plan(), 7, 3);

        for (int i = 0; i < IMAGES; i++) {
            FeaturesPart first = Objects.requireNonNull(one.get(i).features());
            FeaturesPart second = Objects.requireNonNull(seven.get(i).features());
            assertThat(first.active()).containsExactly(second.active()).hasSizeGreaterThan(TOP);
            assertThat(first.maxima()).containsExactly(second.maxima());
            assertThat(first.top()).isEqualTo(second.top());
            assertThat(first.top()).extracting(FeaturePart::maxPatch).allMatch(patch -> patch >= 0 && patch < 64);
        }

        assertThat(one.get(0).features().top().get(0).maxActivation())
                .isNotCloseTo(one.get(1).features().top().get(0).maxActivation(), within(1e-6f));
    }

    @Test
    void anAutoencoderOfAnotherModelIsRefusedAtItsLine() {
        DemoSae.write(folder.resolve("other"), DemoSae.CHANNELS, DemoSae.TAP, "0123", 4);

        assertRefused("other", "other was trained on the activations of another model, 0123, and this one is");
    }

    @Test
    void anAutoencoderOfATapThatTheModelLacksIsRefused() {
        DemoSae.write(folder.resolve("tap"), DemoSae.CHANNELS, "block4", bundle.modelSha256(), 4);

        assertRefused("tap", "tap is of tap 'block4', which the model does not have");
    }

    @Test
    void anAutoencoderOfTokensOfAnotherWidthIsRefused() {
        DemoSae.write(folder.resolve("width"), 32, DemoSae.TAP, bundle.modelSha256(), 4);

        assertRefused("width", "width encodes tokens of 32 values, and tap 'block3' has 64 channels");
    }

    @Test
    void aFolderThatIsNotThereIsRefused() {
        assertRefused("nowhere", "sae.path: there is no folder");
    }

    @Test
    void anotherAutoencoderInTheSamePlaceIsAnotherOne() {
        Path place = folder.resolve("replaced");
        ModelBundle model = ModelBundle.read(folder.resolve("model"), "model");
        SparkSession spark = SparkSession.active();
        DemoSae.write(place, DemoSae.CHANNELS, DemoSae.TAP, model.sha256(), 4);
        FeatureSource before = source(spark);
        DemoSae.write(place, DemoSae.CHANNELS, DemoSae.TAP, model.sha256(), 5);

        assertThat(source(spark).sha256()).isNotEqualTo(before.sha256());
    }

    private static FeatureSource source(SparkSession spark) {
        PlanFile replaced = plan("replaced", "sae.path=\"" + folder + "/replaced\"");
        return Objects.requireNonNull(
                Preflight.check(replaced, HadoopSettings.of(spark)).features());
    }

    private static void assertRefused(String name, String message) {
        PlanFile wrong = plan("wrong", "sae.path=\"" + folder + "/" + name + "\"");
        assertThatThrownBy(() -> AuditRun.check(SparkSession.active(), wrong))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message)
                .hasMessageMatching("(?s)(--set sae.path|demo.conf).*");
    }
}
