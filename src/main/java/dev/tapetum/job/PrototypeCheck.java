package dev.tapetum.job;

import dev.tapetum.config.PlanFile;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.job.source.ImageIndex;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.prototype.Generator;
import dev.tapetum.spec.Nearest;
import dev.tapetum.table.RunRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * What can be refused before anything is drawn.
 *
 * @param bundle the model that is drawn of
 */
record PrototypeCheck(SparkSession spark, PlanFile file, ModelBundle bundle) {

    private static final String AUDIT_FIRST =
            "prototypes are judged by the images of a run, and shown in its report: run 'tapetum audit PLAN' first";

    /** Refuses methods that the model cannot answer. */
    void methods() {
        List<Generator> methods = file.plan().prototypes().methods();
        for (int i = 0; i < methods.size(); i++) {
            Generator method = methods.get(i);
            Preflight.placed(file, "prototypes.methods[" + i + "]", () -> {
                method.check(bundle.card());
                return method;
            });
        }
    }

    /** The indices of the classes that are drawn. */
    List<Integer> classes() {
        List<String> names = bundle.card().classes();
        List<String> wanted = file.plan().prototypes().classes();
        if (wanted.isEmpty()) {
            return IntStream.range(0, names.size()).boxed().toList();
        }

        List<Integer> classes = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            String name = wanted.get(i);
            if (!names.contains(name)) {
                throw file.error(
                        "prototypes.classes[" + i + "]",
                        "the model has no class '" + name + "'" + Nearest.hint(name, "classes", names));
            }

            classes.add(names.indexOf(name));
        }

        return classes;
    }

    /**
     * The run of the same model whose images judge.
     *
     * @param named null for the plan's {@code run.id}, or else the last one of this model that has ended
     */
    RunRow run(@Nullable String named) {
        String out = file.plan().run().output();
        Runs runs = Runs.of(spark, out);
        if (runs.ended().isEmpty()) {
            throw file.error("run.output", out + " holds no run that has ended; " + AUDIT_FIRST);
        }

        RunRow run = named == null ? ofThePlan(runs) : runs.ended(named, "judge drawings");
        if (!bundle.sha256().equals(run.modelSha256())) {
            throw file.error(
                    "model.path",
                    "run '" + run.runId() + "' audited the model " + run.modelSha256() + ", and here is "
                            + bundle.sha256() + "; put the old bundle back, or run 'tapetum audit PLAN' first");
        }

        return run;
    }

    private RunRow ofThePlan(Runs runs) {
        String runId = file.plan().run().id();
        return runId != null
                ? Preflight.placed(file, "run.id", () -> runs.ended(runId, "judge drawings"))
                : runs.ended().stream()
                        .filter(row -> bundle.sha256().equals(row.modelSha256()))
                        .findFirst()
                        .orElseGet(() -> runs.ended(null, "judge drawings"));
    }

    /** The images of a run. */
    ImageIndex index(RunFolder folder, HadoopSettings hadoop) {
        if (!ImageIndex.isComplete(hadoop, folder.index())) {
            throw file.error(
                    "run.output",
                    "the list of the images of run '" + folder.runId() + "' is gone from " + folder.root() + "; "
                            + AUDIT_FIRST);
        }

        ImageIndex index = ImageIndex.open(spark, hadoop, folder.index());
        List<String> wanted = file.plan().dataset().attributes();
        Set<String> there = index.summary().attributes().keySet();
        for (int i = 0; i < wanted.size(); i++) {
            if (!there.contains(wanted.get(i))) {
                throw file.error(
                        "dataset.attributes[" + i + "]",
                        "the images of run '" + folder.runId() + "' have no attribute '" + wanted.get(i) + "', only "
                                + there + "; name these, or run 'tapetum audit PLAN' with this plan first");
            }
        }

        return index;
    }
}
