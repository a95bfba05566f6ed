package dev.tapetum.job;

import dev.tapetum.config.Plan;
import dev.tapetum.intervention.SaeFeature;
import dev.tapetum.table.AssociationKind;
import dev.tapetum.table.FeatureAssociationRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which features a report shows: first those that the plan sets to values or names, in its order; then those that are active more
 * or less often in a group or in errors, where that is established or was not tested because images come in clusters, by their AUROC.
 */
final class FeatureChoice {

    /** As many rows as anybody reads. */
    static final int MOST = 8;

    /** AUROCs of a group and of all others are mirrors of each other but for rounding. */
    private static final double ROUNDING = 1e-9;

    private static final double NEITHER = 0.5;

    /** The strongest association first; of equal ones that of the group in which the feature is the more active. */
    private static final Comparator<FeatureAssociationRow> STRONGEST = Comparator.comparingLong(
                    (FeatureAssociationRow row) -> -Math.round(strength(row) / ROUNDING))
            .thenComparing(row -> row.auroc() < NEITHER)
            .thenComparing(FeatureAssociationRow::feature)
            .thenComparing(FeatureAssociationRow::kind)
            .thenComparing(FeatureAssociationRow::attribute)
            .thenComparing(FeatureAssociationRow::group);

    private FeatureChoice() {}

    /**
     * A feature to show.
     *
     * @param strongest of its associations with groups and errors; null when it has none
     */
    record Chosen(int feature, @Nullable FeatureAssociationRow strongest) {}

    /** @param associations of the run, of any kind and in any order */
    static List<Chosen> of(Plan plan, List<FeatureAssociationRow> associations) {
        return of(named(plan), associations, plan.statistics().falseDiscoveryRate());
    }

    /** The editors of a plan that set features to values, in its order. */
    static List<SaeFeature> editors(Plan plan) {
        return plan.interventions().stream()
                .filter(SaeFeature.class::isInstance)
                .map(SaeFeature.class::cast)
                .toList();
    }

    /** The features that a plan sets to values, and then those that it names to be compared. */
    static List<Integer> named(Plan plan) {
        return Stream.concat(editors(plan).stream().map(SaeFeature::feature), plan.sae().features().stream())
                .toList();
    }

    static List<Chosen> of(List<Integer> named, List<FeatureAssociationRow> associations, double falseDiscoveryRate) {
        List<FeatureAssociationRow> ordered = associations.stream()
                .filter(row -> row.kind() != AssociationKind.LABEL)
                .sorted(STRONGEST)
                .toList();
        Map<Integer, FeatureAssociationRow> strongest = new HashMap<>();
        ordered.forEach(row -> strongest.putIfAbsent(row.feature(), row));
        List<Chosen> chosen = new ArrayList<>();
        named.stream().distinct().forEach(feature -> chosen.add(new Chosen(feature, strongest.get(feature))));
        Set<Integer> seen = new HashSet<>(named);
        ordered.stream()
                .filter(row -> row.qValue() == null || row.qValue() <= falseDiscoveryRate)
                .filter(row -> seen.add(row.feature()))
                .forEach(row -> chosen.add(new Chosen(row.feature(), row)));

        return chosen.stream().limit(MOST).toList();
    }

    private static double strength(FeatureAssociationRow row) {
        return Math.abs(row.auroc() - NEITHER);
    }
}
