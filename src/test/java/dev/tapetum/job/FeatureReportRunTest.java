package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.SparkExtension;
import dev.tapetum.config.PlanFile;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.job.source.ImageBytes;
import dev.tapetum.job.source.ImageIndex;
import dev.tapetum.job.source.IndexedImage;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.Tap;
import dev.tapetum.model.djl.DjlModel;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Ask;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.probe.Stimulus;
import dev.tapetum.sae.SaeBundle;
import dev.tapetum.sae.SparseAutoencoder;
import dev.tapetum.table.Exemplar;
import dev.tapetum.table.FeatureAblationRow;
import dev.tapetum.table.FeatureEffectRow;
import dev.tapetum.table.FeatureExemplarRow;
import dev.tapetum.table.FeatureRow;
import dev.tapetum.table.PredictionRow;
import dev.tapetum.table.RunStatus;
import dev.tapetum.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A run that sets a feature to values, from its tables to its report. */
@ExtendWith(SparkExtension.class)
class FeatureReportRunTest {

    private static final int IMAGES = 24;

    /** Activations are of size one to ten. */
    private static final float ROUNDING = 1e-4f;

    @TempDir
    static Path folder;

    static DemoAudit demo;
    static SaeBundle bundle;
    static int feature;
    static String html;

    @BeforeAll
    static void audit(SparkSession spark) throws IOException {
        demo = DemoAudit.render(folder, IMAGES);
        bundle = DemoSae.write(demo, "sae");
        AuditRun.run(spark, plan("before"), false, new DemoAudit.Heard());
        feature = Table.FEATURES
                .read(spark, demo.output())
                .where("run_id = 'before' and images between 5 and " + (IMAGES - 1))
                .orderBy("feature")
                .first()
                .feature();
        DemoAudit.Heard heard = new DemoAudit.Heard();
        String editor = "interventions=[{ editor = sae-feature, feature = " + feature
                + ", run = before, from = 0, to = 1, steps = 3 }]";
        RunOutcome outcome = AuditRun.run(spark, plan("effect", editor), false, heard);

        assertThat(outcome.run().status()).isEqualTo(RunStatus.COMPLETE);
        assertThat(heard.steps).noneMatch(step -> step.contains("could not"));
        html = Files.readString(Path.of(Objects.requireNonNull(outcome.report()).replaceFirst("^file:", "")));
    }

    private static PlanFile plan(String runId, String... options) {
        String[] all = {"attribution.methods=[]", "gate=[]", "sae.path=\"" + folder + "/sae\"", ""};
        all[3] = options.length == 0 ? "interventions=[]" : options[0];
        return demo.plan(runId, all);
    }

    /** The largest activation of every exemplar is that which the run saw, and there are as many as the report shows. */
    @Test
    void theFeatureOfThePlanHasTheFirstOfItsExemplars(SparkSession spark) {
        FeatureRow row = Table.FEATURES
                .read(spark, demo.output())
                .where("run_id = 'effect' and feature = " + feature)
                .first();
        List<FeatureExemplarRow> exemplars = exemplars(spark);

        assertThat(exemplars).hasSize(ExemplarStage.SHOWN);
        for (int rank = 0; rank < exemplars.size(); rank++) {
            Exemplar expected = row.topImages().get(rank);
            assertThat(exemplars.get(rank).rank()).isEqualTo(rank);
            assertThat(exemplars.get(rank).imageId()).isEqualTo(expected.imageId());
            assertThat(exemplars.get(rank).activation()).isCloseTo(expected.activation(), within(ROUNDING));
            assertThat(exemplars.get(rank).rows() * exemplars.get(rank).cols()).isEqualTo(64);
        }
    }

    @Test
    void theGridOfAnExemplarIsThatOfItsTokensEncodedOneByOne(SparkSession spark) {
        FeatureExemplarRow row = exemplars(spark).get(1);
        HadoopSettings hadoop = HadoopSettings.of(spark);
        ModelBundle model = ModelSource.open(folder.resolve("model").toString(), hadoop);
        Tap tap = model.card().taps().stream()
                .filter(one -> one.name().equals(DemoSae.TAP))
                .findFirst()
                .orElseThrow();
        float[] activation = activation(row.imageId(), model, tap, hadoop, spark);
        SparseAutoencoder autoencoder = bundle.load("sae");

        int active = 0;
        for (int position = 0; position < tap.positions(); position++) {
            float expected =
                    autoencoder.encode(tap.tokens(activation, position)).value(feature);
            assertThat(row.activations()[position]).as("%d", position).isCloseTo(expected, within(ROUNDING));
            active += expected > 0 ? 1 : 0;
        }

        assertThat(active).isBetween(1, tap.positions() - 1);
    }

    /** Two features that share images: the damaged one is missing from whatever has it, and nothing else is. */
    @Test
    void anExemplarThatCannotBeReadAgainIsLeftOut(SparkSession spark) throws IOException {
        HadoopSettings hadoop = HadoopSettings.of(spark);
        RunFolder run = new RunFolder(demo.output(), "effect", hadoop.configuration());
        PlanFile plan = plan("effect");
        FeatureSource source =
                Objects.requireNonNull(Preflight.check(plan, hadoop).features());
        ExemplarTask task = new ExemplarTask(TaskHarness.list(spark, demo).task(plan.plan(), 16), source);
        ExemplarStage stage = new ExemplarStage(spark, run, task, ImageIndex.open(spark, hadoop, run.index()));
        List<FeatureExemplarRow> before = stage.rows(List.of(feature, feature + 1));
        String damaged = before.get(0).imageId();
        Path file = demo.photos().resolve(damaged);
        byte[] content = Files.readAllBytes(file);

        try {
            Files.writeString(file, "no image");

            assertThat(stage.rows(List.of(feature, feature + 1)))
                    .extracting(FeatureExemplarRow::feature, FeatureExemplarRow::rank, FeatureExemplarRow::imageId)
                    .containsExactlyElementsOf(before.stream()
                            .filter(row -> !row.imageId().equals(damaged))
                            .map(row -> tuple(row.feature(), row.rank(), row.imageId()))
                            .toList());
        } finally {
            Files.write(file, content);
        }
    }

    private static float[] activation(
            String imageId, ModelBundle model, Tap tap, HadoopSettings hadoop, SparkSession spark) {
        RunFolder run = new RunFolder(demo.output(), "effect", hadoop.configuration());
        IndexedImage indexed = ImageIndex.open(spark, hadoop, run.index())
                .images()
                .where("image.image_id = '" + imageId + "'")
                .first();
        ImagePreparation preparation = new ImagePreparation(
                model.preprocessing(),
                plan("effect").plan().dataset().limits(),
                Map.of(),
                new ImageBytes(hadoop, 1 << 20),
                DecodeBudget.OF_PROCESS);
        DecodedImage image = Objects.requireNonNull(preparation.prepare(indexed).image());
        Program<float[]> program = Program.asking(
                Round.of(new Probe(Stimulus.ORIGINAL, new Ask.Activation(tap))),
                answers -> answers.get(0).activation());
        try (DjlModel loaded = DjlModel.load(model.directory(), model.card(), -1);
                Device device = loaded.newDevice()) {
            return new Scheduler(device, 16)
                    .run(List.of(new Admission<>(image.pixels(), () -> program)).iterator())
                    .next()
                    .result();
        }
    }

    /** By a plain loop over two other tables, weights being 1. */
    @Test
    void whatTakingTheFeatureOutChangedIsTheMeanOfTheEffectsLessThePredictions(SparkSession spark) {
        Map<String, PredictionRow> predictions = new HashMap<>();
        Table.PREDICTIONS
                .read(spark, demo.output())
                .where("run_id = 'effect'")
                .collectAsList()
                .forEach(row -> predictions.put(row.imageId(), row));
        List<FeatureEffectRow> effects = Table.FEATURE_EFFECTS
                .read(spark, demo.output())
                .where("run_id = 'effect' and scale = 0 and own and control = 'none'")
                .collectAsList();
        double mean = effects.stream()
                .mapToDouble(row -> row.probability()
                        - Objects.requireNonNull(predictions.get(row.imageId())).confidence())
                .average()
                .orElseThrow();

        FeatureAblationRow whole = Table.FEATURE_ABLATIONS
                .read(spark, demo.output())
                .where("run_id = 'effect' and target = '*' and attribute = '*' and control = 'none'")
                .first();
        assertThat(effects).hasSize(IMAGES);
        assertThat(whole.n()).isEqualTo(IMAGES);
        assertThat(whole.change()).isCloseTo(mean, within(1e-9)).isNotZero();
    }

    @Test
    void theReportShowsTheFeatureFirstWithItsExemplarsAndWhatTakingItOutDid() {
        int start = html.indexOf("<section aria-labelledby=\"features\">");
        String section = html.substring(start, html.indexOf("</section>", start));
        String first = section.substring(
                section.indexOf("<tbody>"),
                section.indexOf("</td></tr>\n", section.indexOf("</tbody>\n</table>\n</div>")));

        assertThat(first).contains("<b>feature " + feature + "</b>", "Change of the probability, in points");
        assertThat(Pattern.compile("<img src=\"data:image/jpeg").matcher(first).results())
                .hasSize(ExemplarStage.SHOWN);
        assertThat(Pattern.compile("class=\"active strong\" d=\"M")
                        .matcher(first)
                        .results())
                .hasSize(ExemplarStage.SHOWN);
    }

    private static List<FeatureExemplarRow> exemplars(SparkSession spark) {
        return Table.FEATURE_EXEMPLARS
                .read(spark, demo.output())
                .where("run_id = 'effect' and feature = " + feature)
                .orderBy("rank")
                .collectAsList();
    }
}
