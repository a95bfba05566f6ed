package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.attribution.Attributor;
import dev.tapetum.attributionmetric.AttributionMetric;
import dev.tapetum.config.Plan;
import dev.tapetum.config.PlanFile;
import dev.tapetum.config.Target;
import dev.tapetum.fairness.Gate;
import dev.tapetum.fairness.GroupLayout;
import dev.tapetum.fairness.Metric;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.job.source.IndexSummary;
import dev.tapetum.job.source.SeriesListing;
import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.spec.Nearest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.jspecify.annotations.Nullable;

/** Everything about a plan that can be refused before the device works: on the driver first, then of the listed images. */
final class Preflight {

    /** Groups of one attribute beyond which a statement per group says nothing and costs memory in every task. */
    private static final int MOST_GROUPS = 500;

    private static final Pattern FREQUENCY = Pattern.compile("feature-frequency\\[(\\d+)]");

    private Preflight() {}

    /**
     * What was opened and verified on the way.
     *
     * @param bundle able to answer every method and metric of the plan
     * @param materials what the plan's editors need
     * @param features where the plan's autoencoder is; null when it names none
     */
    record Checked(
            ModelBundle bundle,
            EditorMaterials materials,
            @Nullable FeatureSource features) {

        /** The digests of all that editors and the autoencoder are read from, by the paths that the plan gives. */
        Map<String, String> sha256() {
            Map<String, String> digests = new TreeMap<>(materials.sha256());
            if (features != null) {
                digests.put(features.path(), features.sha256());
            }

            return digests;
        }
    }

    /** The bundle of the plan and what its editors need. */
    static Checked check(PlanFile file, HadoopSettings hadoop) {
        Plan plan = file.plan();
        ModelBundle bundle =
                placed(file, "model.path", () -> ModelSource.open(plan.model().path(), hadoop));
        List<Attributor> methods = plan.attribution().methods();
        for (int i = 0; i < methods.size(); i++) {
            Attributor method = methods.get(i);
            checked(file, "attribution.methods[" + i + "]", () -> method.check(bundle.card()));
        }

        List<AttributionMetric> metrics = plan.attributionMetrics();
        for (int i = 0; i < metrics.size(); i++) {
            AttributionMetric metric = metrics.get(i);
            checked(file, "attribution-metrics[" + i + "]", () -> metric.check(bundle.card()));
        }

        EditorMaterials materials = new InterventionCheck(file, bundle.card()).check(hadoop);
        if (!bundle.card().is(DifferentiableModel.class)) {
            throw file.error(
                    "model.path",
                    plan.model().path()
                            + " is an ONNX bundle, which this release reads but cannot run; export the model as"
                            + " TorchScript with submit/export_model.py");
        }

        Target target = plan.attribution().target();
        List<String> classes = bundle.card().classes();
        if (target.isClass() && !classes.contains(target.text())) {
            throw file.error(
                    "attribution.target",
                    "target must be predicted, label or a class of the model, not '" + target.text() + "'"
                            + Nearest.hint(target.text(), "classes", classes));
        }

        checkGate(file, bundle);
        FeatureSource features = features(file, bundle, hadoop);
        return new Checked(bundle, materials, features);
    }

    /** The autoencoder of the plan; null when it names none. */
    static @Nullable FeatureSource features(PlanFile file, ModelBundle bundle, HadoopSettings hadoop) {
        FeatureSource source;
        try {
            source = FeatureSource.open(file.plan().sae(), bundle, hadoop);
        } catch (UserError e) {
            throw file.error("sae.path", String.valueOf(e.getMessage()));
        }

        List<Integer> named = file.plan().sae().features();
        for (int i = 0; source != null && i < named.size(); i++) {
            if (named.get(i) >= source.features()) {
                throw file.error(
                        "sae.features[" + i + "]",
                        "a feature is an index below " + source.features() + ", the number of features of "
                                + source.path() + ", not " + named.get(i));
            }
        }

        return source;
    }

    /**
     * Refuses images whose attributes or labels the run could do nothing with, and series that are of no image.
     *
     * @param images with columns {@code image_id}, {@code label} and {@code attributes}
     * @param series the edited images that the user has; null for none
     * @param remarks hears of what stops nothing
     */
    static void checkImages(
            PlanFile file,
            IndexSummary listed,
            Dataset<?> images,
            @Nullable SeriesListing series,
            ModelBundle bundle,
            Consumer<String> remarks) {
        listed.attributes().forEach((attribute, values) -> requireFewGroups(file, attribute, values));
        new LabelCheck(file, remarks)
                .check(images, listed.labelled(), bundle.card().classes());
        Plan plan = file.plan();
        Crossings crossings = Crossings.of(plan, listed);
        crossings.check(file, images, remarks);
        InterventionCheck.remark(plan, remarks);
        String noClassIntervals = GroupStage.layout(plan, bundle).whyNoClassIntervals();
        if (noClassIntervals != null) {
            remarks.accept(noClassIntervals + "; their values are told all the same");
        }

        if (series != null) {
            new SeriesCheck(file, remarks).check(series, images);
        }

        String passes = ResponseParts.of(
                        plan,
                        InterventionSummaries.ofNames(plan, bundle.card()),
                        GroupStage.layout(plan, bundle, listed),
                        listed)
                .remark();
        if (passes != null) {
            remarks.accept(passes);
        }
    }

    private static void requireFewGroups(PlanFile file, String attribute, IndexSummary.AttributeSummary values) {
        if (values.distinct() > MOST_GROUPS) {
            throw file.error(
                    "dataset.attributes",
                    "attribute '" + attribute + "' has " + values.distinct() + " different values, and groups are"
                            + " compared for at most " + MOST_GROUPS + "; leave it out, or bin it in the manifest");
        }
    }

    /** A rule about a metric that the run will not have could never hold, so it is refused before the run. */
    private static void checkGate(PlanFile file, ModelBundle bundle) {
        Plan plan = file.plan();
        GroupLayout layout = GroupStage.layout(plan, bundle);
        List<Metric> metrics = GroupStage.metrics(layout, plan, bundle.card());
        ComparedMetrics compared =
                ComparedMetrics.of(metrics, plan, bundle.card().classes().size());
        for (int i = 0; i < plan.gate().size(); i++) {
            Gate rule = plan.gate().get(i);
            String path = "gate[" + i + "].metric";
            List<Metric> named =
                    metrics.stream().filter(metric -> rule.names(metric.name())).toList();
            boolean ofChange = rule.limit() == Gate.Limit.MAX_CHANGE
                    && compared.names().stream().anyMatch(rule::names);
            if (named.isEmpty() && !ofChange) {
                List<String> names = metrics.stream().map(Metric::name).toList();
                throw file.error(
                        path, "the run will have no metric '" + rule.metric() + "'" + remedy(rule.metric(), names));
            }

            if (rule.limit() == Gate.Limit.MAX_CHANGE && !ofChange) {
                throw file.error(
                        path,
                        "runs are not compared by '" + rule.metric() + "'; max-change limits " + compared.kinds());
            }

            if (rule.limit() == Gate.Limit.MAX_GAP && named.stream().noneMatch(Metric::comparable)) {
                throw file.error(
                        path,
                        "groups are not compared by '" + rule.metric()
                                + "'; limit its value, by min-value or max-value");
            }

            if (rule.limit() != Gate.Limit.MAX_CHANGE && named.stream().allMatch(layout::isWithoutIntervals)) {
                throw file.error(
                        path,
                        "no rule about '" + rule.metric() + "' could be decided, since " + layout.whyNoClassIntervals()
                                + "; take the rule out, or dataset.cluster");
            }
        }
    }

    /** What nearly has the name of a feature's frequency is the frequency of another feature. */
    private static String remedy(String metric, List<String> metrics) {
        Matcher frequency = FREQUENCY.matcher(metric);
        return frequency.matches()
                ? "; name " + frequency.group(1) + " in sae.features"
                : Nearest.hint(metric, "metrics", metrics);
    }

    private static void checked(PlanFile file, String path, Runnable check) {
        placed(file, path, () -> {
            check.run();
            return path;
        });
    }

    /** Adds the line of the plan to a sentence that knows none. */
    static <T> T placed(PlanFile file, String path, Supplier<T> check) {
        try {
            return check.get();
        } catch (UserError e) {
            throw new UserError(file.place(path).text() + ": " + e.getMessage(), e);
        }
    }
}
