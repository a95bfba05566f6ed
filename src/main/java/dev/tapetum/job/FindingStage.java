package dev.tapetum.job;

import static org.apache.spark.sql.functions.col;

import dev.tapetum.config.Plan;
import dev.tapetum.fairness.AnsweredProperty;
import dev.tapetum.fairness.ConfirmedSlice;
import dev.tapetum.fairness.DrawnProperty;
import dev.tapetum.fairness.Established;
import dev.tapetum.fairness.Finding;
import dev.tapetum.fairness.GateVerdict;
import dev.tapetum.fairness.RemovedFeature;
import dev.tapetum.fairness.RunStatistics;
import dev.tapetum.intervention.Editor;
import dev.tapetum.intervention.SaeFeature;
import dev.tapetum.report.Features;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.stats.StatisticsSettings;
import dev.tapetum.table.FeatureAblationRow;
import dev.tapetum.table.GroupMetricRow;
import dev.tapetum.table.PropertyEffectRow;
import dev.tapetum.table.SliceRow;
import dev.tapetum.table.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;

/** From the tables of a run to its findings: the last table, which tells what stands in all others. */
record FindingStage(SparkSession spark, Plan plan, RunFolder folder) {

    /**
     * Writes the table.
     *
     * @param run the statistics of the run
     * @param verdicts of the rules of its gate
     * @return what the table holds
     */
    Established write(RunStatistics run, List<GateVerdict> verdicts) {
        Established shown = shown(run, verdicts);
        Table.FINDINGS.write(
                spark,
                shown.findings().stream()
                        .map(finding -> FindingTable.row(finding, folder.runId()))
                        .toList(),
                folder.out(),
                folder.runId());
        return shown;
    }

    /** The same from the table; made again for a run of a version that wrote none. */
    Established read(RunStatistics run, List<GateVerdict> verdicts) {
        List<Finding> findings = ofRun(Table.FINDINGS).orderBy("rank").collectAsList().stream()
                .map(FindingTable::finding)
                .toList();
        return findings.stream().allMatch(DrawnProperty::tells)
                ? shown(run, verdicts).with(findings)
                : new Established(
                        findings,
                        Established.of(run, verdicts, List.of(), plan.statisticsSettings())
                                .leftOut());
    }

    private Established shown(RunStatistics run, List<GateVerdict> verdicts) {
        Established established = established(run, verdicts);
        return new Established(new ExampleImages(spark, folder).shown(established.findings()), established.leftOut());
    }

    private Established established(RunStatistics run, List<GateVerdict> verdicts) {
        List<Finding> others = new ArrayList<>();
        others.addAll(slices());
        others.addAll(properties());
        others.addAll(features());
        return Established.of(run, verdicts, others, plan.statisticsSettings());
    }

    /** The subgroups that were confirmed, by the score of the search. */
    private List<Finding> slices() {
        List<SliceRow> confirmed = ofRun(Table.SLICES)
                .where(col("confirmed"))
                .orderBy("rank")
                .as(Table.SLICES.encoder())
                .collectAsList();
        Map<String, List<String>> images = new ExampleImages(spark, folder)
                .returned(confirmed.stream().map(SliceRow::query).toList());
        return confirmed.stream()
                .map(row -> new ConfirmedSlice(
                                row.predicate(),
                                row.query(),
                                row.n(),
                                StatisticTables.orNaN(row.value()),
                                StatisticTables.orNaN(row.difference()),
                                StatisticTables.interval(row.ciLow(), row.ciHigh()),
                                StatisticTables.orNaN(row.qValue()))
                        .finding(plan.statisticsSettings())
                        .shownBy(images.getOrDefault(row.query(), List.of())))
                .toList();
    }

    /** Of each editor the class that speaks for it, of those on which its effect is established; the surest first. */
    private List<Finding> properties() {
        if (plan.interventions().isEmpty()) {
            return List.of();
        }

        StatisticsSettings settings = plan.statisticsSettings();
        Labels labels = Labels.of(plan.interventions());
        Map<String, String> labelOf = new HashMap<>();
        for (Editor editor : plan.interventions()) {
            labelOf.put(CanonicalText.of((Record) editor), labels.of((Record) editor));
        }

        List<PropertyEffectRow> established = ofRun(Table.PROPERTY_EFFECTS)
                .where(col("attribute").equalTo(GroupMetricRow.WHOLE))
                .where(col("q_value").leq(settings.falseDiscoveryRate()))
                .where(col("expected_gradient").gt(col("min_effect")))
                .as(Table.PROPERTY_EFFECTS.encoder())
                .collectAsList();
        List<PropertyEffectRow> told = List.copyOf(Headline.of(established).values());
        Map<Integer, List<String>> images = new ExampleImages(spark, folder).answering(told);
        List<Finding> findings = new ArrayList<>();
        for (PropertyEffectRow row : told) {
            List<String> ids = images.getOrDefault(findings.size(), List.of());
            findings.add(new AnsweredProperty(
                            row.property(),
                            row.editor(),
                            labelOf.getOrDefault(row.editor(), row.editor()),
                            row.target(),
                            CanonicalText.value(plan.propertyGradients().of()),
                            row.n(),
                            StatisticTables.orNaN(row.expectedGradient()),
                            StatisticTables.interval(row.ciLow(), row.ciHigh()),
                            StatisticTables.orNaN(row.signedGradient()),
                            StatisticTables.orNaN(row.qValue()),
                            row.minEffect())
                    .finding(settings)
                    .shownBy(ids));
        }

        return findings;
    }

    /** Of each editor that takes a feature out the class that answers most surely, where that matters; the largest first. */
    private List<Finding> features() {
        List<SaeFeature> editors = FeatureChoice.editors(plan);
        if (editors.isEmpty()) {
            return List.of();
        }

        StatisticsSettings settings = plan.statisticsSettings();
        double minEffect = FeatureReport.minEffect(plan);
        List<FeatureAblationRow> whole = ofRun(Table.FEATURE_ABLATIONS)
                .where(col("attribute").equalTo(GroupMetricRow.WHOLE))
                .as(Table.FEATURE_ABLATIONS.encoder())
                .collectAsList();
        List<RemovedFeature> removed = new ArrayList<>();
        for (SaeFeature editor : editors) {
            String text = CanonicalText.of(editor);
            List<FeatureAblationRow> own =
                    whole.stream().filter(row -> row.editor().equals(text)).toList();
            FeatureReport.surest(own, settings.minGroup())
                    .map(target -> FeatureReport.ablation(
                            own, target, editor.place() == null ? "" : CanonicalText.value(editor.place())))
                    .filter(ablation -> ablation.matters(settings.falseDiscoveryRate(), settings.minGroup(), minEffect))
                    .map(ablation -> removed(text, ablation))
                    .ifPresent(removed::add);
        }

        removed.sort(Comparator.comparingDouble(one -> -Math.abs(one.change())));
        Map<Integer, List<String>> exemplars = new ExampleImages(spark, folder)
                .exemplars(
                        removed.stream().map(RemovedFeature::feature).distinct().toList());
        return removed.stream()
                .map(one -> one.finding(settings).shownBy(exemplars.getOrDefault(one.feature(), List.of())))
                .toList();
    }

    private static RemovedFeature removed(String editor, Features.Ablation ablation) {
        FeatureAblationRow itself = ablation.itself();
        return new RemovedFeature(
                itself.feature(),
                editor,
                itself.target(),
                ablation.place(),
                itself.n(),
                itself.change(),
                StatisticTables.interval(itself.ciLow(), itself.ciHigh()),
                StatisticTables.orNaN(itself.qValue()),
                ablation.otherFeature().change(),
                ablation.randomDirection().change());
    }

    private <R extends Record> Dataset<R> ofRun(Table<R> table) {
        return table.read(spark, folder.out()).where(col("run_id").equalTo(folder.runId()));
    }
}
