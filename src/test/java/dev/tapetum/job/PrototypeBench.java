package dev.tapetum.job;

import dev.tapetum.BenchTable;
import dev.tapetum.SparkExtension;
import dev.tapetum.config.PlanFile;
import dev.tapetum.demo.DemoModel;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.ModelCard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many classes are drawn per minute by one task when a batch of the device has many of them in it, beside one class after the
 * other; of the demo's CNN or of {@code -Dbench.model}, {@code -Dbench.prototypes.classes} classes at most, in {@code
 * -Dbench.prototypes.steps} steps each.
 */
@Tag("bench")
@ExtendWith(SparkExtension.class)
final class PrototypeBench {

    private static final int REPETITIONS = Integer.getInteger("bench.repetitions", 3);
    private static final int CLASSES = Integer.getInteger("bench.prototypes.classes", 10);
    private static final int STEPS = Integer.getInteger("bench.prototypes.steps", 100);
    private static final int SECONDS_PER_MINUTE = 60;

    @TempDir
    static Path folder;

    @Test
    void manyClassesAtOnceAgainstOneAfterTheOther(SparkSession spark) throws IOException {
        DemoModel.CNN.copyTo(folder.resolve("model"));
        String path = System.getProperty("bench.model", folder.resolve("model").toString());
        for (String method : List.of(
                "{ generator = prototype, patience = 0, start-steps = 0, steps = " + STEPS + " }",
                "{ generator = activation-maximisation, steps = " + STEPS + " }")) {
            double[] together = new double[REPETITIONS];
            double[] alone = new double[REPETITIONS];
            perMinute(spark, path, method, CLASSES);
            for (int i = 0; i < REPETITIONS; i++) {
                together[i] = perMinute(spark, path, method, CLASSES);
                alone[i] = perMinute(spark, path, method, 1);
            }

            BenchTable.compare(
                    "prototypes, " + method,
                    "classes/min",
                    "all classes in a batch",
                    BenchTable.median(together),
                    "one at a time",
                    BenchTable.median(alone));
        }
    }

    private static double perMinute(SparkSession spark, String path, String method, int batch) {
        PlanFile file = PlanFile.parse(
                "run.output = out\ndataset.images = none\nmodel { path = \"" + path + "\", device = cpu, batch = "
                        + batch + " }\nprototypes { methods = [ " + method + " ], seeds = 1 }",
                "bench.conf",
                List.of());
        HadoopSettings hadoop = HadoopSettings.of(spark);
        ModelBundle bundle = ModelSource.open(path, hadoop);
        ModelCard card = bundle.card();
        List<Integer> classes = IntStream.range(
                        0, Math.min(CLASSES, card.classes().size()))
                .boxed()
                .toList();
        List<DrawUnit> units = DrawUnit.all(file.plan().prototypes().methods(), classes, card.classes(), 1);
        // One device answers at a time, since batches of two tasks share its cores.
        List<List<DrawUnit>> parts = batch == 1 ? units.stream().map(List::of).toList() : List.of(units);
        try (Progress progress = new Progress(spark.sparkContext())) {
            DrawTask task = new DrawTask(TokenSource.of(file.plan(), bundle, hadoop), card, 7, progress.counters());
            JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
            long start = System.nanoTime();
            for (List<DrawUnit> part : parts) {
                context.parallelize(List.of(part), 1).flatMap(task).count();
            }

            return SECONDS_PER_MINUTE * classes.size() / ((System.nanoTime() - start) / 1e9);
        }
    }
}
