package dev.tapetum.cli;

import dev.tapetum.config.DatasetSettings;
import dev.tapetum.config.Plan;
import dev.tapetum.config.PlanFile;
import dev.tapetum.fairness.Gate;
import dev.tapetum.job.AuditRun;
import dev.tapetum.job.CheckedPlan;
import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Tap;
import dev.tapetum.spec.CanonicalText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** What an audit of a plan would do. */
final class PlanSummary {
    private PlanSummary() {}

    /**
     * Checks the plan, lists its images, and says in words what would be done.
     *
     * @throws UserError when the plan would be refused
     */
    static String check(SparkSession spark, PlanFile file, String name) throws Exception {
        return Placed.in(file, () -> text(file.plan(), name, AuditRun.check(spark, file)));
    }

    static String text(Plan plan, String name, CheckedPlan checked) {
        TextBlock block = new TextBlock().line("The plan " + name + " can be carried out.");
        block.entry("images", images(plan.dataset(), checked.images(), checked.origin()));
        block.entry(
                "label",
                plan.dataset().label() == null
                        ? "none"
                        : "column " + plan.dataset().label());
        block.entry("groups by", list(plan.dataset().attributes()));
        block.entry("model", model(checked.model()));
        block.entry("explains", plan.attribution().target().text());
        block.entries(
                "methods",
                plan.attribution().methods().stream().map(PlanSummary::text).toList());
        block.entries(
                "metrics",
                plan.attributionMetrics().stream().map(PlanSummary::text).toList());
        block.entries("gate", plan.gate().stream().map(Gate::text).toList());
        block.entry("output", plan.run().output());
        if (!checked.remarks().isEmpty()) {
            block.entries("remarks", checked.remarks());
        }

        return block.text();
    }

    private static String images(DatasetSettings dataset, long images, String origin) {
        String listed = String.format(Locale.ROOT, "%,d in %s", images, origin);
        return dataset.sample() == null
                ? listed
                : listed + ", of which " + dataset.sample().text() + " are drawn";
    }

    private static String model(ModelCard model) {
        String taps = list(model.taps().stream().map(Tap::name).toList());
        return model.name() + ": " + model.classes().size() + " classes, input "
                + model.input().height() + "x" + model.input().width() + ", taps " + taps + ", "
                + (model.is(DifferentiableModel.class) ? "gradients" : "no gradients");
    }

    /** Methods and metrics are records of their parameters. */
    private static String text(Object record) {
        return CanonicalText.of((Record) record);
    }

    private static String list(List<String> names) {
        return names.isEmpty() ? "none" : names.stream().collect(Collectors.joining(", "));
    }
}
