package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.SparkExtension;
import dev.tapetum.config.Plan;
import dev.tapetum.demo.DemoModel;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.job.source.ImageIndex;
import dev.tapetum.job.source.IndexSettings;
import dev.tapetum.job.source.IndexedImage;
import dev.tapetum.job.source.Listing;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.Tap;
import dev.tapetum.model.djl.DjlModel;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.probe.Seeds;
import dev.tapetum.sae.ActivationHarvest;
import dev.tapetum.table.ActivationRow;
import dev.tapetum.table.MapEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A harvest is a function of images, model, plan and seed: not of partitions, and not of whether it was interrupted. */
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HarvestTest {

    /** Batches of other sizes may round otherwise; activations are of the size of one. */
    private static final float ROUNDING = 1e-5f;

    private static final int IMAGES = 36;
    private static final int TOKENS = 5;
    private static final HeldOut HELD_OUT = new HeldOut(7, 0.2);

    private final SparkSession spark;

    @TempDir
    static Path folder;

    private Plan plan;
    private HadoopSettings hadoop;
    private ImageIndex index;
    private ModelBundle bundle;
    private Tap tap;

    HarvestTest(SparkSession spark) {
        this.spark = spark;
    }

    /** One of the images is no image. */
    @BeforeAll
    void list() throws IOException {
        DemoAudit demo = DemoAudit.render(folder, IMAGES);
        DemoModel.VIT.copyTo(folder.resolve("model"));
        plan = demo.plan("harvest", "model.batch=8").plan();
        hadoop = HadoopSettings.of(spark);
        index = ImageIndex.write(
                Listing.of(spark, hadoop, plan.dataset()),
                hadoop,
                folder.resolve("index").toString(),
                new IndexSettings(8, 3, 7),
                null);
        Files.writeString(damaged(), "no image");
        bundle = ModelSource.open(plan.model().path(), hadoop);
        tap = bundle.card().taps().get(0);
    }

    private List<IndexedImage> listed() {
        return index.images().collectAsList().stream()
                .filter(image -> !HELD_OUT.has(image.image().imageId()))
                .sorted(Comparator.comparing(IndexedImage::shard)
                        .thenComparing(image -> image.image().imageId()))
                .toList();
    }

    private Path damaged() {
        return folder.resolve("photos").resolve(listed().get(3).image().imageId());
    }

    private HarvestTask task(Progress progress) {
        return new HarvestTask(
                TokenSource.of(plan, bundle, hadoop),
                new HarvestTask.Taken(tap, TOKENS, MapEncoding.FLOAT32),
                7,
                progress.counters());
    }

    /** What a loop without Spark and scheduler's batches makes of the images, in order. */
    private List<ActivationRow> plain() {
        ActivationHarvest harvest = new ActivationHarvest(tap, TOKENS);
        List<ActivationRow> rows = new ArrayList<>();
        try (DjlModel model = DjlModel.load(bundle.directory(), bundle.card(), -1);
                Device device = model.newDevice()) {
            ImagePreparation preparation = new ImagePreparation(
                    bundle.preprocessing(),
                    plan.dataset().limits(),
                    Map.of(),
                    TokenSource.of(plan, bundle, hadoop).bytes(),
                    DecodeBudget.OF_PROCESS);
            for (IndexedImage image : listed()) {
                DecodedImage decoded = preparation.prepare(image).image();
                if (decoded != null) {
                    String id = decoded.imageId();
                    ActivationHarvest.Tokens tokens = new Scheduler(device, 1)
                            .run(List.of(new Admission<>(decoded.pixels(), () -> harvest.program(Seeds.of(7, id))))
                                    .iterator())
                            .next()
                            .result();
                    rows.add(ActivationRow.of(id, tokens.positions(), tokens.values(), MapEncoding.FLOAT32));
                }
            }
        }

        return rows;
    }

    private HarvestEntry harvest(SaeFolder into) {
        try (Progress progress = new Progress(spark.sparkContext())) {
            return new Harvest(spark, into, index, HELD_OUT, new DemoAudit.Heard()).run(task(progress), progress);
        }
    }

    private List<ActivationRow> read(String activations) {
        List<ActivationRow> rows = new ArrayList<>();
        try (ActivationFiles files = ActivationFiles.open(hadoop.configuration(), activations, 1)) {
            files.forEachRemaining(rows::add);
        }

        return rows;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void sparkHarvestsWhatAPlainLoopDoesInItsOrder(int partitions) throws IOException {
        Path out = Files.createTempDirectory(folder, "partitions");
        try (Progress progress = new Progress(spark.sparkContext())) {
            Harvest.harvested(
                            index.images().filter((FilterFunction<IndexedImage>)
                                    image -> !HELD_OUT.has(image.image().imageId())),
                            task(progress),
                            partitions)
                    .write()
                    .partitionBy("shard")
                    .parquet(out.resolve("rows").toString());
        }

        List<ActivationRow> expected = plain();
        List<ActivationRow> rows = new ArrayList<>();
        for (int shard = 0; shard < index.summary().shards(); shard++) {
            Path files = out.resolve("rows/shard=" + shard);
            if (Files.exists(files)) {
                rows.addAll(read(files.toString()));
            }
        }

        assertThat(expected).hasSize(listed().size() - 1);
        assertThat(rows.stream().map(ActivationRow::imageId))
                .containsExactlyElementsOf(
                        expected.stream().map(ActivationRow::imageId).toList());
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).positions()).containsExactly(expected.get(i).positions());
            assertThat(rows.get(i).tokens()).containsExactly(expected.get(i).tokens(), within(ROUNDING));
        }
    }

    @Test
    void theLedgerHasEveryImageOnce() {
        SaeFolder into = new SaeFolder(folder.resolve("ledger").toString(), hadoop);
        HarvestEntry entry = harvest(into);

        assertThat(entry)
                .isEqualTo(new HarvestEntry(
                        IMAGES, IMAGES - listed().size(), listed().size() - 1L, 1, (listed().size() - 1L) * TOKENS));
        assertThat(new Harvest(spark, into, index, HELD_OUT, new DemoAudit.Heard()).rejects())
                .isEqualTo(Map.of("unsupported-format", 1L));
    }

    /** The second wave loses its entry and a file, as when a run is killed while it writes. */
    @Test
    void aKilledWaveIsComputedAgainToTheSameBytesAndNoOther() throws IOException {
        SaeFolder into = new SaeFolder(folder.resolve("killed").toString(), hadoop);
        HarvestEntry whole = harvest(into);
        List<ActivationRow> before = read(into.activations());
        List<Path> firstWave = parquet(Path.of(into.wave(0)));
        Files.delete(Path.of(into.entry(1).toString()));
        Files.delete(parquet(Path.of(into.wave(1))).get(0));

        HarvestEntry resumed = harvest(into);
        List<ActivationRow> after = read(into.activations());

        assertThat(resumed).isEqualTo(whole);
        assertThat(parquet(Path.of(into.wave(0)))).isEqualTo(firstWave);
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < after.size(); i++) {
            assertThat(after.get(i).imageId()).isEqualTo(before.get(i).imageId());
            assertThat(after.get(i).values()).containsExactly(before.get(i).values());
        }
    }

    private static List<Path> parquet(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Objects.toString(file.getFileName()).endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }
}
