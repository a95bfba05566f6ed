package dev.tapetum.cli;

import dev.tapetum.config.DatasetSettings;
import dev.tapetum.config.Plan;
import dev.tapetum.config.PlanFile;
import dev.tapetum.fairness.Gate;
import dev.tapetum.job.AuditRun;
import dev.tapetum.job.CheckedPlan;
import dev.tapetum.job.DrawnGroup;
import dev.tapetum.job.SaeForecast;
import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Tap;
import dev.tapetum.spec.CanonicalText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** What an audit of a plan would do. */
final class PlanSummary {
    /** The whole and the smallest groups: the others are better. */
    private static final int MOST_GROUPS = 6;

    private PlanSummary() {}

    /**
     * Checks the plan, lists its images, and says in words what would be done.
     *
     * @throws UserError when the plan would be refused
     */
    static String check(SparkSession spark, PlanFile file, String name) throws Exception {
        return Placed.in(file, () -> {
            CheckedPlan checked = AuditRun.check(spark, file);
            String audit = text(file.plan(), name, checked);
            return file.mentions("sae.training")
                    ? audit
                            + System.lineSeparator()
                            + SaeSummary.text(SaeForecast.of(file, checked.model(), checked.images()), file.plan())
                    : audit;
        });
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
        if (!plan.interventions().isEmpty()) {
            block.entries(
                    "edits",
                    plan.interventions().stream().map(PlanSummary::text).toList());
            block.entries("known to", intervals(plan, checked.drawn()));
        }

        block.entries("gate", plan.gate().stream().map(Gate::text).toList());
        block.entry("output", plan.run().output());
        if (!checked.remarks().isEmpty()) {
            block.entries("remarks", checked.remarks());
        }

        return block.text();
    }

    /** What the sample buys: of the whole, and of the groups that are known least. */
    private static List<String> intervals(Plan plan, List<DrawnGroup> groups) {
        double confidence = plan.statistics().confidence();
        List<String> lines = new ArrayList<>();
        for (DrawnGroup group : groups.subList(0, Math.min(MOST_GROUPS, groups.size()))) {
            String name = lines.isEmpty() ? "all images" : group.attribute() + " = " + group.value();
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: about %,.0f of %,d images, so a share to ±%.3f at worst and a mean to ±%.3f per 0.1 of its"
                            + " spread (%s interval)",
                    name,
                    group.drawn(),
                    group.images(),
                    group.halfWidth(DrawnGroup.LARGEST_DEVIATION, confidence),
                    group.halfWidth(0.1, confidence),
                    percent(confidence)));
        }

        if (groups.size() > MOST_GROUPS) {
            lines.add("and " + (groups.size() - MOST_GROUPS) + " groups that are known better");
        }

        return lines;
    }

    private static String percent(double confidence) {
        return new BigDecimal(String.valueOf(100 * confidence))
                        .setScale(1, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                + "%";
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
