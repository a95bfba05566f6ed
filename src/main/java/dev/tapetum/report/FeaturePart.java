package dev.tapetum.report;

import dev.tapetum.fairness.Select;
import dev.tapetum.image.RgbImage;
import dev.tapetum.table.AssociationKind;
import dev.tapetum.table.FeatureAblationRow;
import dev.tapetum.table.FeatureAssociationRow;
import dev.tapetum.table.FeatureExemplarRow;
import dev.tapetum.table.FeatureRow;
import dev.tapetum.table.GroupMetricRow;
import dev.tapetum.table.PredictionRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes features of an autoencoder: what each goes along with, where it is active in its exemplars, and what taking it out does.
 * When the room for pictures is used up, the other exemplars are told in words.
 */
final class FeaturePart {
    /** A patch below this share of the largest activation of its image is drawn with a thin line. */
    static final float STRONG = 0.2f;

    private static final int LONGEST_SIDE = 128;

    /** Characters of all pictures together. */
    private static final int ROOM = 600_000;

    private final Report report;
    private final Function<RgbImage, String> drawing;

    private FeaturePart(Report report, Function<RgbImage, String> drawing) {
        this.report = report;
        this.drawing = drawing;
    }

    /** Room for the pictures of this part. */
    static PictureRoom room() {
        return new PictureRoom(LONGEST_SIDE, ROOM);
    }

    /** @param drawing makes a picture the source of an {@code img}; an empty one is told in words */
    static Page.Featured of(Report report, Function<RgbImage, String> drawing) {
        return new FeaturePart(report, drawing).part();
    }

    private Page.Featured part() {
        Features features = report.features();

        return new Page.Featured(
                features.sae(),
                features.tested(),
                features.minEffect() == 0 ? "" : Numbers.brief(100 * features.minEffect()),
                features.lacking(),
                features.shown().stream().map(this::feature).toList(),
                sql(features.shown()));
    }

    private static List<String> sql(List<Features.Shown> shown) {
        String numbers = shown.stream()
                .map(one -> Integer.toString(one.feature().feature()))
                .collect(Collectors.joining(", "));
        List<String> sql = new ArrayList<>();
        if (!shown.isEmpty()) {
            sql.add(of("features", numbers, "feature"));
        }

        if (shown.stream().anyMatch(one -> one.strongest() != null)) {
            sql.add(of("feature_associations", numbers, "feature, attribute, `group`"));
        }

        if (shown.stream().anyMatch(one -> !one.exemplars().isEmpty())) {
            sql.add(of("feature_exemplars", numbers, "feature, rank"));
        }

        if (shown.stream().anyMatch(one -> !one.ablations().isEmpty())) {
            sql.add(of("feature_ablations", numbers, "feature, target, attribute, `group`, control"));
        }

        return sql;
    }

    private static String of(String table, String features, String order) {
        return Select.from(table)
                .where("feature IN (" + features + ")")
                .by(order)
                .text();
    }

    private Page.Feature feature(Features.Shown shown) {
        FeatureRow feature = shown.feature();
        FeatureAssociationRow strongest = shown.strongest();

        return new Page.Feature(
                "feature " + feature.feature(),
                Numbers.percent(Numbers.orNaN(feature.frequency())),
                Numbers.count(feature.images()),
                strongest == null ? "" : association(strongest),
                shown.groups().stream().map(row -> share(row, strongest)).toList(),
                shown.exemplars().stream().map(this::exemplar).toList(),
                shown.ablations().stream()
                        .map(ablation -> ablated(ablation, strongest))
                        .toList(),
                "{ editor = sae-feature, feature = " + feature.feature() + ", run = \""
                        + report.run().runId() + "\" }");
    }

    /** How often the feature is active in a group and elsewhere, and how well it tells them apart. */
    private String association(FeatureAssociationRow row) {
        String q = Numbers.q(Numbers.orNaN(row.qValue()));
        String tested = row.qValue() == null ? "" : ", q " + (q.startsWith("<") ? q : "= " + q);

        return "Active in " + share(row.active(), row.n()) + " of " + images(row) + " and in "
                + share(row.activeReference(), row.nReference()) + " of "
                + (row.kind() == AssociationKind.ERROR ? "those predicted rightly" : "the others") + "; AUROC "
                + Numbers.hundredths(row.auroc()) + tested + ".";
    }

    private static String images(FeatureAssociationRow row) {
        return row.kind() == AssociationKind.ERROR ? "the images predicted wrongly" : "the images with " + group(row);
    }

    /** A group in a table. */
    private static String group(FeatureAssociationRow row) {
        return row.kind() == AssociationKind.ERROR ? "predicted wrongly" : row.attribute() + " = " + row.group();
    }

    private static String share(long active, long images) {
        return Numbers.percent((double) active / images);
    }

    private static Page.Share share(FeatureAssociationRow row, @Nullable FeatureAssociationRow strongest) {
        return new Page.Share(
                group(row),
                share(row.active(), row.n()),
                String.format(Locale.ROOT, "%.3f", (double) row.active() / row.n()),
                Numbers.count(row.n()),
                row.equals(strongest));
    }

    private Page.Exemplar exemplar(Features.Drawn drawn) {
        FeatureExemplarRow row = drawn.exemplar();
        PredictionRow prediction = drawn.prediction();
        RgbImage picture = drawn.picture();

        return new Page.Exemplar(
                row.imageId(),
                prediction.label() == null ? "" : prediction.label(),
                prediction.predicted(),
                Boolean.FALSE.equals(prediction.correct()),
                Numbers.brief(row.activation()),
                picture == null ? "" : drawing.apply(picture),
                "0 0 " + row.cols() + " " + row.rows(),
                PatchOutline.of(row.rows(), row.cols(), row.activations(), 0),
                PatchOutline.of(row.rows(), row.cols(), row.activations(), STRONG * row.activation()));
    }

    private Page.Ablated ablated(Features.Ablation ablation, @Nullable FeatureAssociationRow strongest) {
        FeatureAblationRow itself = ablation.itself();
        double low = Numbers.orNaN(itself.ciLow());
        boolean whole = itself.attribute().equals(GroupMetricRow.WHOLE);
        String images = whole || strongest == null ? "all images" : group(strongest);
        Verdict verdict = verdict(ablation);

        return new Page.Ablated(
                InterventionPart.named(itself.target()),
                images,
                Numbers.count(itself.n()),
                points(itself.change()),
                Double.isFinite(low) ? points(low) + " to " + points(Numbers.orNaN(itself.ciHigh())) : "",
                points(ablation.otherFeature().change()),
                points(ablation.randomDirection().change()),
                verdict.text,
                verdict.matters,
                ablation.place());
    }

    /** A change of a probability in percentage points, with two decimals, so that all can be compared. */
    private static String points(double change) {
        // What is zero but for rounding has no sign.
        return Numbers.hundredths(Math.round(1e4 * change) / 100.0);
    }

    /** What is established, and whether it is worth anything: of many images the least answer is sure. */
    private Verdict verdict(Features.Ablation ablation) {
        double rate = report.statistics().falseDiscoveryRate();

        if (ablation.itself().clusters() < report.statistics().minGroup()) {
            return new Verdict("too few images for a verdict", false);
        } else if (!ablation.established(rate)) {
            return new Verdict("no change established", false);
        }

        boolean other = ablation.exceeds(ablation.otherFeature(), rate);
        boolean direction = ablation.exceeds(ablation.randomDirection(), rate);
        boolean small = Math.abs(ablation.itself().change()) < report.features().minEffect();

        return new Verdict(
                exceeded(other, direction) + (small ? ", and is too small to matter" : ""),
                ablation.matters(
                        rate, report.statistics().minGroup(), report.features().minEffect()));
    }

    private static String exceeded(boolean otherFeature, boolean randomDirection) {
        if (otherFeature) {
            return randomDirection ? "exceeds both controls" : "exceeds another feature, not a random direction";
        }

        return randomDirection ? "exceeds a random direction, not another feature" : "exceeds neither control";
    }

    /** @param matters whether a reader must see it */
    private record Verdict(String text, boolean matters) {}
}
