package dev.tapetum.job;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import dev.tapetum.BenchTable;
import dev.tapetum.SparkExtension;
import dev.tapetum.attribution.Attribution;
import dev.tapetum.attribution.Attributor;
import dev.tapetum.attribution.Subject;
import dev.tapetum.config.Plan;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.djl.DjlDevice;
import dev.tapetum.model.djl.DjlModel;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Scheduler;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Spark costs, and what one audit of many methods saves, on {@code -Dbench.audit.images} images of the demo, with its
 * CNN or with the bundle named by {@code -Dbench.model}.
 */
@Tag("bench")
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SparkBench {

    private static final int REPETITIONS = Integer.getInteger("bench.repetitions", 5);

    private static final String FIFTY_STEPS = "{ method = integrated-gradients, steps = 50 }";

    private static final List<String> EIGHT = List.of(
            "saliency",
            "input-x-gradient",
            "integrated-gradients",
            "smooth-grad",
            "smooth-grad-squared",
            "var-grad",
            "grad-cam",
            "occlusion");

    @TempDir
    static Path folder;

    private DemoAudit demo;

    @BeforeAll
    void render() throws IOException {
        demo = DemoAudit.render(folder, Integer.getInteger("bench.audit.images", 200));
    }

    @Test
    void eightMethodsInOneAuditAgainstEightAudits(SparkSession spark) {
        TaskHarness harness = TaskHarness.list(spark, demo);
        harness.seconds(plan("[" + EIGHT.get(0) + "]"), 2);
        double together = harness.seconds(plan(EIGHT.toString()), 2);
        double apart = 0;
        for (String method : EIGHT) {
            apart += harness.seconds(plan("[" + method + "]"), 2);
        }

        BenchTable.compare("eight methods", "s", "one audit", together, "eight audits", apart);
    }

    /** The methods of {@code conf/standard.conf}. */
    @Test
    void theStandardSetInOneAuditAgainstOneAuditEach(SparkSession spark) {
        TaskHarness harness = TaskHarness.list(spark, demo);
        List<String> methods = standardSet();
        harness.seconds(plan("[" + methods.get(0) + "]"), 2);
        double together = harness.seconds(plan(methods.toString()), 2);
        double apart = 0;
        for (String method : methods) {
            apart += harness.seconds(plan("[" + method + "]"), 2);
        }

        BenchTable.compare("the standard set of methods", "s", "one audit", together, "one audit each", apart);
    }

    private static List<String> standardSet() {
        return ConfigFactory.parseFile(new File("conf/standard.conf")).getList("attribution.methods").stream()
                .map(method -> method.render(ConfigRenderOptions.concise()))
                .toList();
    }

    @Test
    void sparkAgainstTheEngineAlone(SparkSession spark) {
        TaskHarness harness = TaskHarness.list(spark, demo);
        Plan plan = plan("[" + FIFTY_STEPS + "]");
        harness.seconds(plan, 1);
        double[] throughSpark = new double[REPETITIONS];
        double[] alone = new double[REPETITIONS];
        for (int i = 0; i < REPETITIONS; i++) {
            throughSpark[i] = harness.images() / harness.seconds(plan, 1);
            alone[i] = harness.images() / engine(plan, harness.images());
        }

        BenchTable.compare(
                "integrated gradients, 50 steps, one thread",
                "images/s",
                "through Spark, decoding and writing included",
                BenchTable.median(throughSpark),
                "engine alone",
                BenchTable.median(alone));
    }

    private Plan plan(String methods) {
        return demo.plan(
                        "bench",
                        "attribution.methods=" + methods,
                        "model.batch=64",
                        "model.path=" + System.getProperty("bench.model", folder + "/model"))
                .plan();
    }

    private double engine(Plan plan, int count) {
        ModelBundle bundle =
                ModelBundle.read(Path.of(plan.model().path()), plan.model().path());
        Attributor method = plan.attribution().methods().get(0);
        float[] image = new float[bundle.card().input().size()];
        List<Admission<Attribution>> admissions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Subject subject = Subject.of(image, 0, bundle.card(), i);
            admissions.add(new Admission<>(image, () -> method.program(subject)));
        }

        try (DjlModel model = DjlModel.load(bundle.directory(), bundle.card(), -1);
                DjlDevice device = model.newDevice()) {
            long start = System.nanoTime();
            new Scheduler(device, plan.model().batch())
                    .run(admissions.iterator())
                    .forEachRemaining(outcome -> {});
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
