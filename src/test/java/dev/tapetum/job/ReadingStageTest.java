package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tapetum.SparkExtension;
import dev.tapetum.config.PlanFile;
import dev.tapetum.demo.PlantedFacts;
import dev.tapetum.fairness.Evidence;
import dev.tapetum.fairness.Finding;
import dev.tapetum.fairness.Group;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.job.source.ImageIndex;
import dev.tapetum.job.source.IndexedImage;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.djl.DjlModel;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.Rectangle;
import dev.tapetum.prototype.reading.DirectionSums;
import dev.tapetum.prototype.reading.Directions;
import dev.tapetum.prototype.reading.Drawing;
import dev.tapetum.prototype.reading.FeatureCounts;
import dev.tapetum.prototype.reading.HeldOutImage;
import dev.tapetum.prototype.reading.PlaceColours;
import dev.tapetum.prototype.reading.ReadAttribute;
import dev.tapetum.prototype.reading.ReadProperties;
import dev.tapetum.prototype.reading.Readings;
import dev.tapetum.prototype.reading.Sites;
import dev.tapetum.stats.Interval;
import dev.tapetum.stats.OneAgainstOthers;
import dev.tapetum.table.FindingRow;
import dev.tapetum.table.PrototypeReadingRow;
import dev.tapetum.table.ReadingKind;
import dev.tapetum.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The demo's model, which takes the tag for a mug, drawn in a few steps and read by forty images of four classes, and as many held out. */
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReadingStageTest {
    private static final String DRAWING =
            "prototypes={ methods=[{ generator=prototype, steps=40, start-steps=20, high-frequency=0.5 }], seeds=3, images=40 }";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private DemoAudit demo;
    private List<PrototypeReadingRow> rows;

    private static final class Heard extends DemoAudit.Heard implements PrototypeListener {

        @Override
        public void drawing(long done, long drawings, double rate, double evaluations) {}
    }

    @BeforeAll
    void auditAndDraw(SparkSession spark) throws IOException {
        demo = DemoAudit.render(folder, 480);
        DemoSae.write(demo, "sae");
        AuditedRun.write(spark, plan());
        Table.FINDINGS.write(spark, List.of(FindingTable.row(audit().ranked(1), "night")), demo.output(), "night");
        Files.createDirectories(verdict().getParent());
        Files.writeString(verdict(), "{ \"format\": 1, \"findings\": [], \"last\": 2 }");
        PrototypeRun.draw(spark, plan(), null, false, new Heard());
        rows = Table.PROTOTYPE_READINGS.read(spark, demo.output()).collectAsList();
    }

    private static Path verdict() {
        return folder.resolve("out/reports/run_id=night/verdict.json");
    }

    private static Finding audit() {
        return Finding.of(
                Finding.Kind.GAP,
                "accuracy is lower",
                new Evidence("accuracy", new Group("site", "annex"), 1, -0.1, Interval.NONE, 0.01),
                "SELECT 1");
    }

    private PlanFile plan(String... options) {
        String[] all = Stream.concat(
                        Stream.of(
                                "attribution.methods=[]",
                                "run.shard-images=64",
                                "gate=[]",
                                "sae.path=\"" + folder + "/sae\"",
                                DRAWING),
                        Stream.of(options))
                .toArray(String[]::new);
        return demo.plan("night", all);
    }

    private PrototypeReadingRow row(String className, String attribute, String value) {
        return rows.stream()
                .filter(row -> row.className().equals(className)
                        && attribute.equals(row.attribute())
                        && value.equals(row.group()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theTagIsDrawnIntoTheMugAndNothingElseIsIntoAnything() {
        PrototypeReadingRow mug = row(PlantedFacts.CUE_CLASS, PlantedFacts.CUE_ATTRIBUTE, PlantedFacts.PRESENT);
        assertThat(mug.drawnIn()).isTrue();
        assertThat(mug.n()).isEqualTo(3);
        assertThat(mug.separation()).isGreaterThan(0.9);
        assertThat(mug.value()).isGreaterThan(0.8);
        assertThat(mug.natural()).isBetween(-0.1, 0.3);
        assertThat(mug.difference()).isCloseTo(mug.value() - Math.max(mug.natural(), mug.others()), within(1e-12));
        double[] others = rows.stream()
                .filter(row -> Objects.equals(row.attribute(), PlantedFacts.CUE_ATTRIBUTE) && !row.equals(mug))
                .mapToDouble(row -> Objects.requireNonNull(row.value()))
                .toArray();
        assertThat(others).hasSize(5);
        assertThat(mug.pValue())
                .isCloseTo(OneAgainstOthers.of(mug.value(), others).pValueOfLarger(), within(1e-12))
                .isLessThan(0.01);

        assertThat(rows.stream().filter(row -> row.kind() == ReadingKind.ATTRIBUTE && row.drawnIn()))
                .containsExactly(mug);
        assertThat(row("ring", PlantedFacts.HARMLESS_ATTRIBUTE, "birch"))
                .matches(row -> row.value() == null && Objects.requireNonNull(row.separation()) < 0.8);
        // Four sites, three vendors and a tag.
        assertThat(rows.stream().filter(row -> row.kind() == ReadingKind.ATTRIBUTE))
                .hasSize(6 * 8);
    }

    @Test
    void itShowsInTheLowerRightCorner() {
        PrototypeReadingRow mug = row(PlantedFacts.CUE_CLASS, PlantedFacts.CUE_ATTRIBUTE, PlantedFacts.PRESENT);
        InputSpec input = bundle().card().input();

        assertThat(mug.place()).hasSize(4);
        assertThat(mug.place().get(0)).isGreaterThan(input.height() / 2);
        assertThat(mug.place().get(1)).isGreaterThan(input.width() / 2);
        // The tag is yellow: the drawings have less blue there, beside their red, than elsewhere.
        assertThat(mug.colourInside().get(0) - mug.colourInside().get(2))
                .isGreaterThan(mug.colourOutside().get(0) - mug.colourOutside().get(2));
    }

    private static ModelBundle bundle() {
        return ModelBundle.read(folder.resolve("model"), "model");
    }

    @Test
    void itIsAFindingBehindThoseOfTheAudit(SparkSession spark) throws IOException {
        List<FindingRow> findings = findings(spark);

        assertThat(findings.get(0).statement()).isEqualTo("accuracy is lower");
        assertThat(findings.get(1).kind()).isEqualTo("prototype");
        assertThat(findings.get(1).statement())
                .startsWith(
                        "mug is drawn with tag = yes: of the way from images of the class without it to those with it, at ")
                .contains("in images it shows in rows ");
        assertThat(findings).extracting(FindingRow::rank).containsExactly(ranks(findings.size()));
        assertThat(findings.stream().filter(row -> "tag".equals(row.attribute())))
                .hasSize(1);
        assertThat(spark.sql(findings.get(1)
                                .query()
                                .replace(
                                        "prototype_readings",
                                        "parquet.`" + folder + "/out/tables/prototype_readings/run_id=night`"))
                        .count())
                .isEqualTo(6);

        JsonNode verdict = JSON.readTree(verdict().toFile());
        assertThat(verdict.fieldNames()).toIterable().containsExactly("format", "findings", "last");
        assertThat(verdict.get("findings")).hasSameSizeAs(findings);
        assertThat(verdict.get("findings").get(1).get("statement").asText())
                .isEqualTo(findings.get(1).statement());

        // Read again, with nothing drawn in.
        PrototypeFindings stage = new PrototypeFindings(
                spark,
                plan().plan(),
                new RunFolder(demo.output(), "night", HadoopSettings.of(spark).configuration()));
        stage.write(rows.stream().map(ReadingStageTest::notDrawnIn).toList());
        List<FindingRow> again = findings(spark);
        assertThat(again).hasSize(2);
        assertThat(again.get(0)).isEqualTo(findings.get(0));
        assertThat(again.get(1).kind()).isEqualTo("none");
        assertThat(again.get(1).statement())
                .startsWith(
                        "No property and no feature was established to be drawn into a class; of what was looked for, images tell ")
                .contains(
                        "tag = yes (area under the curve ",
                        "images do not tell ",
                        "vendor = cedar (",
                        "The nearest to it: ");
        assertThat(JSON.readTree(verdict().toFile()).get("findings")).hasSize(2);

        stage.write(rows);
        assertThat(findings(spark)).isEqualTo(findings);
    }

    private static PrototypeReadingRow notDrawnIn(PrototypeReadingRow row) {
        return new PrototypeReadingRow(
                row.runId(),
                row.className(),
                row.classIndex(),
                row.method(),
                row.methodName(),
                row.kind(),
                row.attribute(),
                row.group(),
                row.feature(),
                row.tap(),
                row.separation(),
                row.n(),
                row.value(),
                row.natural(),
                row.others(),
                row.difference(),
                row.ciLow(),
                row.ciHigh(),
                row.pValue(),
                row.qValue(),
                false,
                row.place(),
                row.colourInside(),
                row.colourOutside());
    }

    private static Integer[] ranks(int count) {
        return Stream.iterate(1, rank -> rank + 1).limit(count).toArray(Integer[]::new);
    }

    private List<FindingRow> findings(SparkSession spark) {
        return Table.FINDINGS.read(spark, demo.output()).orderBy("rank").collectAsList();
    }

    /** The plain loop, class by class, and the tasks of Spark, with other batches in the plan; by twenty images of a class. */
    @Test
    void rowsAreThoseOfThePlainLoopHoweverClassesAreDealt(SparkSession spark) {
        HadoopSettings hadoop = HadoopSettings.of(spark);
        ModelBundle bundle = bundle();
        ModelCard card = bundle.card();
        RunFolder runFolder = new RunFolder(demo.output(), "night", hadoop.configuration());
        ImageIndex index = ImageIndex.open(spark, hadoop, runFolder.index());
        SparkSession session = index.images().sparkSession();
        List<Integer> classes = List.of(0, 1, 2, 3, 4, 5);
        Dataset<Row> chosen = new PathImages(demo.output(), "night", 7, 20).chosen(session, classes);
        Dataset<DrawnRow> drawn = new Drawings(spark, runFolder)
                .of(session, DrawUnit.all(plan().plan().prototypes().methods(), classes, card.classes(), 3));
        List<PrototypeReadingRow> plain = plain(hadoop, bundle, index, chosen, drawn);

        assertThat(plain).anyMatch(row -> row.kind() == ReadingKind.ATTRIBUTE && row.value() != null);
        for (int tasks : List.of(1, 7)) {
            PlanFile plan = plan("model.batch=" + (2 + tasks));
            TokenSource source = TokenSource.of(plan.plan(), bundle, hadoop);
            try (Progress progress = new Progress(spark.sparkContext())) {
                ReadingStage stage = new ReadingStage(
                        plan.plan(),
                        runFolder,
                        card,
                        source,
                        Preflight.features(plan, bundle, hadoop),
                        tasks,
                        new Heard());
                assertThat(stage.rows(index, chosen, drawn, progress.counters()))
                        .isEqualTo(plain);
            }
        }
    }

    private List<PrototypeReadingRow> plain(
            HadoopSettings hadoop, ModelBundle bundle, ImageIndex index, Dataset<Row> chosen, Dataset<DrawnRow> drawn) {
        ModelCard card = bundle.card();
        Sites sites = Sites.of(card);
        FeatureSource features = Preflight.features(plan(), bundle, hadoop);
        Map<String, IndexedImage> images = index.images().collectAsList().stream()
                .collect(Collectors.toMap(image -> image.image().imageId(), image -> image));
        List<Row> sides = chosen.orderBy("image_id").collectAsList();
        ReadProperties properties = new ReadProperties(Stream.of("site", "vendor", "tag")
                .map(name -> ReadAttribute.of(
                        name,
                        sides.stream()
                                .filter(row -> row.getInt(1) != Side.OTHER.turn())
                                .map(row -> Objects.requireNonNull(images.get(row.getString(2)))
                                        .image()
                                        .attributes()
                                        .get(name))
                                .collect(Collectors.groupingBy(value -> value, TreeMap::new, Collectors.counting()))))
                .toList());
        TokenSource source = TokenSource.of(plan().plan(), bundle, hadoop);
        try (DjlModel model = DjlModel.load(folder.resolve("model"), card, -1);
                Device device = model.newDevice()) {
            SiteReader reader = new SiteReader(sites, features, device, evaluations -> {});
            DirectionSums sums = new DirectionSums(properties, sites.size());
            for (int c = 0; c < 6; c++) {
                for (DecodedImage image : ofClass(source, images, sides, c, Side.MEAN)) {
                    sums.add(
                            properties.values(image.attributes()),
                            seen(reader, image.pixels()).values());
                }

                sums.endClass();
            }

            List<long[]> differences = new ArrayList<>();
            int[] counts = new int[properties.all().size()];
            for (int p = 0; p < counts.length; p++) {
                differences.add(sums.differences(p));
                counts[p] = sums.classes(p);
            }

            Directions directions = Directions.of(sites, properties.all(), differences, counts);
            List<HeldOutImage> heldOut = new ArrayList<>();
            FeatureCounts active = new FeatureCounts();
            for (int c = 0; c < 6; c++) {
                for (DecodedImage image : ofClass(source, images, sides, c, Side.HELD_OUT)) {
                    SiteReader.Seen one = seen(reader, image.pixels());
                    heldOut.add(
                            new HeldOutImage(c, properties.has(image.attributes()), directions.scores(one.values())));
                    active.add(c, 1);
                    for (int feature : one.features()) {
                        active.add(c, feature, 1);
                    }
                }
            }

            List<Drawing> drawings = new ArrayList<>();
            for (DrawnRow row : drawn.orderBy("class_index", "seed").collectAsList()) {
                float[] pixels = PathTask.pixels(row, card.input());
                SiteReader.Seen one = seen(reader, pixels);
                List<@Nullable PlaceColours> colours = new ArrayList<>();
                for (Rectangle place : directions.places()) {
                    colours.add(
                            place == null ? null : PlaceColours.of(card.input().denormalised(pixels), place));
                }

                drawings.add(new Drawing(
                        row.classIndex(),
                        row.method(),
                        row.methodName(),
                        directions.scores(one.values()),
                        colours,
                        one.features()));
            }

            return new Readings(properties.all(), sites, directions.places(), 6, 0.95, 0.05, 0.5)
                    .of(heldOut, drawings, DemoSae.TAP, active).stream()
                            .map(reading -> ReadingTable.row(reading, card.classes(), "night"))
                            .toList();
        }
    }

    private static SiteReader.Seen seen(SiteReader reader, float[] pixels) {
        return Objects.requireNonNull(reader.of(List.of(pixels)).get(0));
    }

    private static List<DecodedImage> ofClass(
            TokenSource source, Map<String, IndexedImage> images, List<Row> sides, int c, Side side) {
        return sides.stream()
                .filter(row -> row.getInt(0) == c && row.getInt(1) == side.turn())
                .map(row -> Objects.requireNonNull(source.preparation()
                        .prepare(Objects.requireNonNull(images.get(row.getString(2))))
                        .image()))
                .toList();
    }

    @Test
    void featuresOfAnAutoencoderAreReadAsWell() {
        List<PrototypeReadingRow> features =
                rows.stream().filter(row -> row.kind() == ReadingKind.FEATURE).toList();

        assertThat(features).isNotEmpty().allSatisfy(row -> {
            assertThat(row.tap()).isEqualTo(DemoSae.TAP);
            assertThat(Set.of(2 / 3.0, 1.0)).contains(Objects.requireNonNull(row.value()));
            // In whole images of forty.
            assertThat(Objects.requireNonNull(row.natural()) * 40 % 1).isCloseTo(0, within(1e-9));
            assertThat(row.separation()).isNull();
            assertThat(row.place()).isEmpty();
        });
    }
}
