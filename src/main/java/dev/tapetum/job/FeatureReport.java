package dev.tapetum.job;

import static org.apache.spark.sql.functions.col;

import dev.tapetum.config.Plan;
import dev.tapetum.config.PropertyGradientSettings;
import dev.tapetum.intervention.Control;
import dev.tapetum.intervention.Followed;
import dev.tapetum.intervention.SaeFeature;
import dev.tapetum.report.Features;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.table.AssociationKind;
import dev.tapetum.table.FeatureAblationRow;
import dev.tapetum.table.FeatureAssociationRow;
import dev.tapetum.table.FeatureExemplarRow;
import dev.tapetum.table.FeatureRow;
import dev.tapetum.table.GroupMetricRow;
import dev.tapetum.table.PredictionRow;
import dev.tapetum.table.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** What the tables of a run say about the features that its report shows. */
final class FeatureReport {

    /** As many groups of an attribute as a row of the page has room for. */
    private static final int GROUPS = 6;

    private final SparkSession spark;
    private final RunFolder folder;
    private final Plan plan;
    private final Gallery gallery;

    private FeatureReport(SparkSession spark, RunFolder folder, Plan plan, Gallery gallery) {
        this.spark = spark;
        this.folder = folder;
        this.plan = plan;
        this.gallery = gallery;
    }

    /** Reads what the report tells; nothing of a run without an autoencoder. */
    static Features of(SparkSession spark, RunFolder folder, Plan plan, Gallery gallery) {
        String sae = plan.sae().path();
        return sae == null ? Features.NONE : new FeatureReport(spark, folder, plan, gallery).read(sae);
    }

    private Features read(String sae) {
        List<FeatureAssociationRow> associations = ofRun(Table.FEATURE_ASSOCIATIONS)
                .where(col("kind").notEqual(CanonicalText.value(AssociationKind.LABEL)))
                .collectAsList();
        List<FeatureChoice.Chosen> chosen = FeatureChoice.of(plan, associations);
        Object[] features = chosen.stream().map(FeatureChoice.Chosen::feature).toArray();
        Map<Integer, FeatureRow> rows = new HashMap<>();
        ofFeatures(Table.FEATURES, features).forEach(row -> rows.put(row.feature(), row));
        List<FeatureExemplarRow> exemplars = ofFeatures(Table.FEATURE_EXEMPLARS, features);
        List<FeatureAblationRow> ablations = ofFeatures(Table.FEATURE_ABLATIONS, features);
        Object[] ids =
                exemplars.stream().map(FeatureExemplarRow::imageId).distinct().toArray();
        Map<String, PredictionRow> predictions = new HashMap<>();
        ofRun(Table.PREDICTIONS)
                .where(col("image_id").isin(ids))
                .collectAsList()
                .forEach(row -> predictions.put(row.imageId(), row));
        Gallery.Pictures pictures = gallery.pictures(ids);

        List<Features.Shown> shown = new ArrayList<>();
        for (FeatureChoice.Chosen one : chosen) {
            FeatureAssociationRow strongest = one.strongest();
            List<FeatureAblationRow> own = of(ablations, row -> row.feature() == one.feature());
            shown.add(new Features.Shown(
                    Objects.requireNonNull(rows.get(one.feature())),
                    strongest,
                    strongest == null ? List.of() : groups(associations, strongest),
                    exemplars.stream()
                            .filter(row -> row.feature() == one.feature())
                            .sorted(Comparator.comparing(FeatureExemplarRow::rank))
                            .map(row -> new Features.Drawn(
                                    row,
                                    Objects.requireNonNull(predictions.get(row.imageId())),
                                    pictures.byId().get(row.imageId())))
                            .toList(),
                    ablations(own, strongest)));
        }

        return new Features(sae, plan.dataset().cluster() == null, minEffect(plan), shown, pictures.lacking());
    }

    /** The plan's, where it is one of probabilities. */
    static double minEffect(Plan plan) {
        PropertyGradientSettings settings = plan.propertyGradients();
        return settings.of() == Followed.PROBABILITY ? settings.minEffect() : 0;
    }

    /** The associations of a feature with the largest groups of an attribute, in the order of their names, the one itself among them. */
    private static List<FeatureAssociationRow> groups(
            List<FeatureAssociationRow> associations, FeatureAssociationRow of) {
        return associations.stream()
                .filter(row -> row.feature() == of.feature()
                        && row.kind() == of.kind()
                        && row.attribute().equals(of.attribute()))
                .sorted(Comparator.comparing(
                                (FeatureAssociationRow row) -> !row.group().equals(of.group()))
                        .thenComparing(
                                Comparator.comparing(FeatureAssociationRow::n).reversed())
                        .thenComparing(FeatureAssociationRow::group))
                .limit(GROUPS)
                .sorted(Comparator.comparing(FeatureAssociationRow::group))
                .toList();
    }

    /** By each editor that takes it out, in the plan's order. */
    private List<Features.Ablation> ablations(
            List<FeatureAblationRow> ofFeature, @Nullable FeatureAssociationRow strongest) {
        List<Features.Ablation> ablations = new ArrayList<>();
        for (SaeFeature editor : FeatureChoice.editors(plan)) {
            String text = CanonicalText.of(editor);
            String place = editor.place() == null ? "" : CanonicalText.value(editor.place());
            ablations.addAll(ablations(of(ofFeature, row -> row.editor().equals(text)), strongest, place));
        }

        return ablations;
    }

    private List<Features.Ablation> ablations(
            List<FeatureAblationRow> ofEditor, @Nullable FeatureAssociationRow strongest, String place) {
        int minGroup = plan.statistics().minGroup();
        List<FeatureAblationRow> whole = of(ofEditor, row -> row.attribute().equals(GroupMetricRow.WHOLE));
        List<FeatureAblationRow> inGroup = strongest == null ? List.of() : of(ofEditor, row -> isIn(row, strongest));
        Set<String> targets = new LinkedHashSet<>();
        List<Features.Ablation> ablations = new ArrayList<>();
        surest(whole, minGroup).ifPresent(target -> {
            ablations.add(ablation(whole, target, place));
            targets.add(target);
        });
        surest(inGroup, minGroup).ifPresent(targets::add);
        targets.stream()
                .filter(target -> inGroup.stream().anyMatch(row -> row.target().equals(target)))
                .forEach(target -> ablations.add(ablation(inGroup, target, place)));
        return ablations;
    }

    /** An attribute named as errors are is the user's own, and there are then no rows of errors. */
    private boolean isIn(FeatureAblationRow row, FeatureAssociationRow group) {
        boolean told = group.kind() == AssociationKind.ATTRIBUTE
                || !plan.dataset().attributes().contains(AssociationStage.ERROR);
        return told && row.attribute().equals(group.attribute()) && row.group().equals(group.group());
    }

    /**
     * Which class answers most surely to a feature in a group of images: of those with images enough, if any, that whose interval
     * stays farthest from zero. The largest change itself would too often be that of few images.
     *
     * @param ofGroup rows about one feature and group
     */
    static Optional<String> surest(List<FeatureAblationRow> ofGroup, int minGroup) {
        return ofGroup.stream()
                .filter(row -> row.control().equals(FeatureAblationRow.ITSELF))
                .min(Comparator.comparing((FeatureAblationRow row) -> row.clusters() < minGroup)
                        .thenComparing(FeatureReport::least, Comparator.reverseOrder())
                        .thenComparing(FeatureAblationRow::target))
                .map(FeatureAblationRow::target);
    }

    /** How far the interval stays from zero; negative when it does not. */
    private static double least(FeatureAblationRow row) {
        Double low = row.ciLow();
        Double high = row.ciHigh();
        return low == null || high == null ? Double.NEGATIVE_INFINITY : row.change() < 0 ? -high : low;
    }

    static Features.Ablation ablation(List<FeatureAblationRow> ofGroup, String target, String place) {
        Map<String, FeatureAblationRow> byControl = new HashMap<>();
        of(ofGroup, row -> row.target().equals(target)).forEach(row -> byControl.put(row.control(), row));
        return new Features.Ablation(
                place,
                of(byControl, Control.NONE),
                of(byControl, Control.RANDOM_FEATURE),
                of(byControl, Control.RANDOM_DIRECTION));
    }

    private static FeatureAblationRow of(Map<String, FeatureAblationRow> byControl, Control control) {
        return Objects.requireNonNull(byControl.get(CanonicalText.value(control)));
    }

    private static <R> List<R> of(List<R> rows, Predicate<R> isOf) {
        return rows.stream().filter(isOf).toList();
    }

    private <R extends Record> List<R> ofFeatures(Table<R> table, Object[] features) {
        return ofRun(table).where(col("feature").isin(features)).collectAsList();
    }

    private <R extends Record> Dataset<R> ofRun(Table<R> table) {
        return table.read(spark, folder.out()).where(col("run_id").equalTo(folder.runId()));
    }
}
