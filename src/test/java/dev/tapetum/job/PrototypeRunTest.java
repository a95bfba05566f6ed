package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.SparkExtension;
import dev.tapetum.UserError;
import dev.tapetum.config.PlanFile;
import dev.tapetum.demo.DemoModel;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.job.source.ImageIndex;
import dev.tapetum.job.source.IndexedImage;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.djl.DjlModel;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.probe.Stimulus;
import dev.tapetum.prototype.ActivationMaximisation;
import dev.tapetum.prototype.Generator;
import dev.tapetum.prototype.Jitter;
import dev.tapetum.prototype.MeanPath;
import dev.tapetum.prototype.PathDistance;
import dev.tapetum.report.DrawingMethod;
import dev.tapetum.table.PrototypeRow;
import dev.tapetum.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Three classes of the demo, drawn in a few steps and judged by seven images each. */
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PrototypeRunTest {

    private static final String DRAWING = """
            prototypes={ methods = [ { generator = prototype, steps = 20, start-steps = 20 },
              { generator = activation-maximisation, steps = 20 } ],
              classes = [ball, cone, mug], seeds = 2, images = 3 }""".replace("\n", " ");

    /** Logits of size ten. */
    private static final double ROUNDING = 1e-4;

    @TempDir
    static Path folder;

    private DemoAudit demo;
    private PrototypeOutcome whole;
    private List<PrototypeRow> rows;
    private Heard heard;

    private static final class Heard extends DemoAudit.Heard implements PrototypeListener {

        @Override
        public void drawing(long done, long drawings, double rate, double evaluations) {
            steps.add(done + " of " + drawings);
        }
    }

    @BeforeAll
    void auditAndDraw(SparkSession spark) throws IOException {
        demo = DemoAudit.render(folder, 42);
        AuditedRun.write(spark, plan());
        heard = new Heard();
        whole = PrototypeRun.draw(spark, plan(), null, false, heard);
        rows = rows(spark);
    }

    private PlanFile plan(String... options) {
        String[] all = Stream.concat(
                        Stream.of("attribution.methods=[]", "run.shard-images=64", "gate=[]", DRAWING),
                        Stream.of(options))
                .toArray(String[]::new);
        return demo.plan("night", all);
    }

    private List<PrototypeRow> rows(SparkSession spark) {
        return Table.PROTOTYPES
                .read(spark, demo.output())
                .orderBy("class_index", "method", "seed")
                .collectAsList();
    }

    /** Every component with all its bits. */
    private static List<String> bits(List<PrototypeRow> rows) {
        return rows.stream()
                .map(row -> row.toString().replaceAll(", png=.*", " ")
                        + HexFormat.of().formatHex(row.png()))
                .toList();
    }

    @Test
    void everyClassHasARowPerMethodAndSeed() {
        assertThat(rows).hasSize(3 * 2 * 2);
        assertThat(rows.stream()
                        .map(row -> row.className() + " " + row.methodName() + " " + row.seed())
                        .toList())
                .doesNotHaveDuplicates()
                .contains("mug prototype 1", "ball activation-maximisation 0");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.steps()).isEqualTo(20);
            assertThat(row.startVariance() == null).isEqualTo(row.methodName().equals("activation-maximisation"));
            assertThat(row.meanImages()).isEqualTo(3);
            assertThat(row.taps()).hasSameSizeAs(bundle().card().taps());
            assertThat(row.naturalSpearman()).isGreaterThan(row.otherSpearman());
            assertThat(row.pathL1())
                    .isCloseTo(
                            row.taps().stream()
                                    .mapToDouble(tap -> tap.l1())
                                    .average()
                                    .orElseThrow(),
                            within(1e-12));
        });
        // The drawings of a class differ, and so do those of two classes.
        assertThat(rows.stream().map(row -> HexFormat.of().formatHex(row.png())).toList())
                .doesNotHaveDuplicates();
        assertThat(whole.drawings()).isEqualTo(12);
        assertThat(whole.earlier()).isZero();
        // Of each prototype at least its twenty steps, and of the other method exactly as many.
        assertThat(whole.gradient()).isBetween(12 * 20L, 12 * 20L + 6 * 21);
        // Each drawing's own logits, a path of 3 + 3 + 3 images and 4 drawings of 3 classes, and for what is drawn into
        // them another one
        // of 3 + 3 images and 4 drawings.
        assertThat(whole.forward())
                .isEqualTo(12 + 3 * (9 + 4 + 6 + 4) * bundle().card().taps().size());
        assertThat(heard.steps).contains("Drawing 12 prototypes", "12 of 12", "Judging by 27 images", "Report");
        assertThat(Path.of(Objects.requireNonNull(whole.report()))).exists();
        assertThat(whole.methods())
                .extracting(DrawingMethod::label, DrawingMethod::baseline)
                .containsExactly(tuple("prototype", false), tuple("activation-maximisation", true));
    }

    private static ModelBundle bundle() {
        return ModelBundle.read(folder.resolve("model"), "model");
    }

    @Test
    void thePictureIsWhatTheModelWasAskedAbout() {
        ModelCard card = bundle().card();
        try (DjlModel model = DjlModel.load(folder.resolve("model"), card, -1);
                Device device = model.newDevice()) {
            for (PrototypeRow row : rows) {
                Program<float[]> logits = Program.asking(
                        Round.of(Probe.logits(Stimulus.ORIGINAL)),
                        answers -> answers.get(0).logits());
                float[] pixels = PathTask.pixels(drawn(row), card.input());
                float[] said = new Scheduler(device, 1)
                        .run(List.of(new Admission<>(pixels, () -> logits)).iterator())
                        .next()
                        .result();
                assertThat((double) said[row.classIndex()]).isCloseTo(row.logit(), within(ROUNDING));
            }
        }
    }

    private static DrawnRow drawn(PrototypeRow row) {
        return new DrawnRow(
                row.className(),
                row.classIndex(),
                row.seed(),
                1,
                row.method(),
                row.methodName(),
                row.logit(),
                row.probability(),
                row.steps(),
                row.startVariance(),
                0,
                0,
                row.png());
    }

    /** The plain loop: class by class, its images in the order of their ids. */
    @Test
    void rowsAreThoseOfThePlainLoopHoweverClassesAreDealt(SparkSession spark) {
        HadoopSettings hadoop = HadoopSettings.of(spark);
        ModelBundle bundle = bundle();
        TokenSource source = TokenSource.of(plan().plan(), bundle, hadoop);
        RunFolder runFolder = new RunFolder(demo.output(), "night", hadoop.configuration());
        ImageIndex index = ImageIndex.open(spark, hadoop, runFolder.index());
        SparkSession session = index.images().sparkSession();
        List<Integer> classes =
                rows.stream().map(PrototypeRow::classIndex).distinct().toList();
        Dataset<Row> chosen = new PathImages(demo.output(), "night", 7, 3).chosen(session, classes);
        Map<String, IndexedImage> images = index.images().collectAsList().stream()
                .collect(Collectors.toMap(image -> image.image().imageId(), image -> image));
        List<Row> sides = chosen.orderBy("image_id").collectAsList();

        List<PrototypeRow> plain = new ArrayList<>();
        try (DjlModel model = DjlModel.load(folder.resolve("model"), bundle.card(), -1);
                Device device = model.newDevice()) {
            Paths paths = new Paths(bundle.card().taps(), device, evaluations -> {});
            for (int c : classes) {
                MeanPath.Sum sum = new MeanPath.Sum(paths.taps());
                paths(paths, source, images, sides, c, Side.MEAN).forEach(sum::add);
                MeanPath mean = sum.mean();
                PathDistance natural = PathDistance.mean(paths(paths, source, images, sides, c, Side.HELD_OUT).stream()
                        .map(mean::distance)
                        .toList());
                PathDistance other = PathDistance.mean(paths(paths, source, images, sides, c, Side.OTHER).stream()
                        .map(mean::distance)
                        .toList());
                List<PrototypeRow> ofClass =
                        rows.stream().filter(row -> row.classIndex() == c).toList();
                List<List<float[]>> drawings = paths.of(ofClass.stream()
                        .map(row -> PathTask.pixels(drawn(row), bundle.card().input()))
                        .toList());
                for (int i = 0; i < ofClass.size(); i++) {
                    plain.add(new ClassJudgement(3, mean, natural, other)
                            .row("night", drawn(ofClass.get(i)), drawings.get(i), paths.taps()));
                }
            }
        }

        assertThat(bits(rows)).isEqualTo(bits(plain));
        Dataset<DrawnRow> committed = new Drawings(spark, runFolder)
                .of(
                        session,
                        DrawUnit.all(
                                plan().plan().prototypes().methods(),
                                classes,
                                bundle.card().classes(),
                                2));
        for (int tasks : List.of(1, 7)) {
            try (Progress progress = new Progress(spark.sparkContext())) {
                PathTask task = new PathTask(source, bundle.card(), "night", progress.counters());
                List<PrototypeRow> judged =
                        new ArrayList<>(PathStage.rows(chosen, index.images(), committed, task, tasks)
                                .collectAsList());
                judged.sort(Comparator.comparing(PrototypeRow::classIndex)
                        .thenComparing(PrototypeRow::method)
                        .thenComparing(PrototypeRow::seed));
                assertThat(bits(judged)).isEqualTo(bits(plain));
                assertThat(progress.count().images()).isEqualTo(27);
            }
        }
    }

    private static List<List<float[]>> paths(
            Paths paths, TokenSource source, Map<String, IndexedImage> images, List<Row> sides, int c, Side side) {
        return paths.of(sides.stream()
                .filter(row -> row.getInt(0) == c && row.getInt(1) == side.turn())
                .map(row -> Objects.requireNonNull(source.preparation()
                                .prepare(Objects.requireNonNull(images.get(row.getString(2))))
                                .image())
                        .pixels())
                .toList());
    }

    /** One class first; then all of them, where a wave was interrupted before its entry. */
    @Test
    void whatIsCommittedIsNotDrawnAgainAndAllIsAsInOneGo(SparkSession spark) throws IOException {
        PrototypeRun.draw(spark, plan("prototypes.classes=[mug]"), "night", false, new Heard());
        assertThat(rows(spark)).hasSize(4);
        Path interrupted = folder.resolve("out/evidence/run_id=night/prototypes/wave=00001");
        Files.createDirectories(interrupted);
        Files.writeString(interrupted.resolve("part-00000.parquet"), "half of it");

        Heard resumed = new Heard();
        PrototypeOutcome rest = PrototypeRun.draw(spark, plan(), null, true, resumed);

        assertThat(rest.earlier()).isEqualTo(4);
        assertThat(resumed.steps)
                .contains("Resuming: 4 of 12 drawings are committed", "Drawing 8 prototypes", "12 of 12");
        assertThat(bits(rows(spark))).isEqualTo(bits(rows));
        assertThat(rest.gradient()).isEqualTo(whole.gradient());
        assertRefused(spark, plan("run.seed=8"), null, true, "was drawn with another run.seed; put back");

        // Another class or seed is drawn beside them, and a method with another parameter is another one.
        Drawings drawings = new Drawings(
                spark,
                new RunFolder(demo.output(), "night", HadoopSettings.of(spark).configuration()));
        List<Generator> methods = plan().plan().prototypes().methods();
        List<String> names = bundle().card().classes();
        assertThat(drawings.missing(DrawUnit.all(methods, List.of(4, 5), names, 3)))
                .extracting(DrawUnit::classIndex, DrawUnit::numbers)
                .containsExactly(
                        tuple(5, List.of(0)),
                        tuple(5, List.of(1)),
                        tuple(4, List.of(2)),
                        tuple(5, List.of(2)),
                        tuple(5, List.of(0)),
                        tuple(5, List.of(1)),
                        tuple(4, List.of(2)),
                        tuple(5, List.of(2)));
        List<Generator> other = List.of(new ActivationMaximisation(21, 0.05, new Jitter(0, 0, 0)));
        assertThat(drawings.missing(DrawUnit.all(other, List.of(4), names, 2))).hasSize(2);

        // Who asks for one seed of one class sees that one, and the two seeds of the other classes that are there.
        assertThat(drawings.of(spark, DrawUnit.all(methods, List.of(4), names, 1))
                        .collectAsList())
                .extracting(DrawnRow::classIndex)
                .containsOnly(classesDrawn())
                .hasSize(2 * (2 * 2 + 1));
    }

    private Integer[] classesDrawn() {
        return rows.stream().map(PrototypeRow::classIndex).distinct().toArray(Integer[]::new);
    }

    private static void assertRefused(SparkSession spark, PlanFile plan, String runId, boolean resume, String message) {
        assertThatThrownBy(() -> PrototypeRun.draw(spark, plan, runId, resume, new Heard()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatCannotBeDrawnIsRefused(SparkSession spark) throws IOException {
        assertRefused(
                spark,
                plan("prototypes.classes=[mgu]"),
                null,
                false,
                "--set prototypes.classes: the model has no class 'mgu'; did you mean 'mug'?");
        assertRefused(
                spark,
                plan("run.output=\"" + folder + "/nothing\""),
                null,
                false,
                "/nothing holds no run that has ended; prototypes are judged by the images of a run, and shown in its report:"
                        + " run 'tapetum audit PLAN' first");
        assertRefused(
                spark,
                plan(),
                "other",
                false,
                "There is no run 'other' in " + demo.output() + "; those that have ended are night");
        assertRefused(
                spark, plan("run.id=other"), null, false, "--set run.id: There is no run 'other' in " + demo.output());
        assertRefused(
                spark,
                plan("dataset.attributes=[site, wing]"),
                null,
                false,
                "--set dataset.attributes: the images of run 'night' have no attribute 'wing', only [site, tag, vendor]; name"
                        + " these, or run 'tapetum audit PLAN' with this plan first");
        DemoModel.VIT.copyTo(folder.resolve("vit"));
        assertRefused(
                spark,
                plan("model.path=\"" + folder + "/vit\""),
                null,
                false,
                "--set model.path: run 'night' audited the model ");
    }

    /** Of two nights the later one was audited with another model. */
    @Test
    void theLastRunOfTheModelJudges(SparkSession spark) {
        String out = folder.resolve("nights").toString();
        ComparedRuns.record(spark, out, ComparedRuns.Run.of("monday", 0), 10, 0);
        ComparedRuns.record(spark, out, ComparedRuns.Run.of("tuesday", 1), 10, 0);
        ModelBundle any = bundle();
        ModelBundle ofMonday =
                new ModelBundle(any.file(), any.card(), any.preprocessing(), any.fileSha256(), "model-monday");
        PrototypeCheck check = new PrototypeCheck(spark, plan("run.id=null", "run.output=\"" + out + "\""), ofMonday);

        assertThat(check.run(null).runId()).isEqualTo("monday");
        assertThatThrownBy(() -> check.run("tuesday"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("run 'tuesday' audited the model model-tuesday, and here is model-monday");
    }
}
