package dev.tapetum.job;

import dev.tapetum.BenchTable;
import dev.tapetum.SparkExtension;
import dev.tapetum.config.Plan;
import dev.tapetum.demo.DemoModel;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.job.source.ImageIndex;
import dev.tapetum.job.source.IndexSettings;
import dev.tapetum.job.source.Listing;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.Tap;
import dev.tapetum.model.djl.DjlModel;
import dev.tapetum.probe.Ask;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Stimulus;
import dev.tapetum.table.MapEncoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast {@code -Dbench.harvest.images} images of the demo are harvested, decoding and writing included, beside the layers below the
 * tap alone; with the demo's transformer or with the bundle named by {@code -Dbench.model}, at its last tap.
 */
@Tag("bench")
@ExtendWith(SparkExtension.class)
final class HarvestBench {

    private static final int REPETITIONS = Integer.getInteger("bench.repetitions", 5);
    private static final int IMAGES = Integer.getInteger("bench.harvest.images", 512);
    private static final int BATCH = 64;

    @TempDir
    static Path folder;

    @Test
    void harvestingAgainstTheStemAlone(SparkSession spark) throws IOException {
        DemoAudit demo = DemoAudit.render(folder, IMAGES);
        DemoModel.VIT.copyTo(folder.resolve("model"));
        Plan plan = demo.plan(
                        "bench",
                        "model.batch=" + BATCH,
                        "model.path=" + System.getProperty("bench.model", folder + "/model"))
                .plan();
        HadoopSettings hadoop = HadoopSettings.of(spark);
        ImageIndex index = ImageIndex.write(
                Listing.of(spark, hadoop, plan.dataset()),
                hadoop,
                folder.resolve("index").toString(),
                new IndexSettings(256, 8, 7),
                null);
        ModelBundle bundle = ModelSource.open(plan.model().path(), hadoop);
        List<Tap> taps = bundle.card().taps();
        Tap tap = taps.get(taps.size() - 1);
        double[] harvested = new double[REPETITIONS];
        double[] alone = new double[REPETITIONS];
        try (Progress progress = new Progress(spark.sparkContext())) {
            HarvestTask task = new HarvestTask(
                    TokenSource.of(plan, bundle, hadoop),
                    new HarvestTask.Taken(tap, tap.positions(), MapEncoding.FLOAT16),
                    7,
                    progress.counters());
            seconds(index, task);
            for (int i = 0; i < REPETITIONS; i++) {
                harvested[i] = IMAGES / seconds(index, task);
                alone[i] = IMAGES / stem(bundle, tap);
            }
        }

        BenchTable.compare(
                "activations at " + tap.name() + ", one thread of the model",
                "images/s",
                "harvest, decoding and writing included",
                BenchTable.median(harvested),
                "stem alone",
                BenchTable.median(alone));
    }

    private static double seconds(ImageIndex index, HarvestTask task) {
        long start = System.nanoTime();
        Harvest.harvested(index.images(), task, 1)
                .write()
                .mode("overwrite")
                .partitionBy("shard")
                .parquet(folder.resolve("activations").toString());
        return (System.nanoTime() - start) / 1e9;
    }

    /** Full batches of the same image, and nothing made of the answers. */
    private static double stem(ModelBundle bundle, Tap tap) {
        Probe probe = new Probe(Stimulus.ORIGINAL, new Ask.Activation(tap));
        float[] pixels = new float[bundle.card().input().size()];
        try (DjlModel model = DjlModel.load(bundle.directory(), bundle.card(), -1);
                Device device = model.newDevice()) {
            long start = System.nanoTime();
            for (int done = 0; done < IMAGES; done += BATCH) {
                List<Device.Request> batch = new ArrayList<>();
                for (int i = 0; i < BATCH; i++) {
                    batch.add(new Device.Request(device.hold(pixels), probe, List.of(), List.of()));
                }

                device.answer(batch);
                batch.forEach(request -> request.image().close());
            }

            return (System.nanoTime() - start) / 1e9;
        }
    }
}
