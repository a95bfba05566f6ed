package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.config.Plan;
import dev.tapetum.table.AssociationKind;
import dev.tapetum.table.FeatureAssociationRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeatureChoiceTest {

    private static final double FDR = 0.05;

    @Test
    void featuresOfThePlanComeFirstInItsOrderWhateverTheirAssociations() {
        FeatureAssociationRow unsure = row(7, "site", "B", 0.52, 0.9);
        FeatureAssociationRow strong = row(1, "tag", "yes", 0.97, 0.001);

        assertThat(FeatureChoice.of(List.of(9, 7, 9), List.of(strong, unsure), FDR))
                .containsExactly(
                        new FeatureChoice.Chosen(9, null),
                        new FeatureChoice.Chosen(7, unsure),
                        new FeatureChoice.Chosen(1, strong));
    }

    @Test
    void theOthersAreOrderedByTheDistanceOfTheirAurocFromOneHalf() {
        FeatureAssociationRow less = row(5, "site", "B", 0.1, 0.001);
        FeatureAssociationRow more = row(6, "site", "B", 0.8, 0.001);
        FeatureAssociationRow hardly = row(4, "site", "B", 0.6, 0.001);
        FeatureAssociationRow likewise = row(3, "site", "B", 0.6, 0.001);

        assertThat(FeatureChoice.of(List.of(), List.of(hardly, likewise, more, less), FDR))
                .extracting(FeatureChoice.Chosen::strongest)
                .containsExactly(less, more, likewise, hardly);
    }

    @Test
    void whatIsNotEstablishedIsNotShownUnlessThePlanNamesIt() {
        FeatureAssociationRow chance = row(1, "site", "B", 0.9, 0.051);
        FeatureAssociationRow established = row(2, "site", "B", 0.6, 0.05);

        assertThat(FeatureChoice.of(List.of(), List.of(chance, established), FDR))
                .containsExactly(new FeatureChoice.Chosen(2, established));
    }

    /** The strongest association of feature 1 may be chance; the next one is not. */
    @Test
    void aFeatureIsShownWithTheStrongestOfItsEstablishedAssociations() {
        FeatureAssociationRow chance = row(1, "site", "B", 0.9, 0.3);
        FeatureAssociationRow established = row(1, "tag", "yes", 0.7, 0.01);
        FeatureAssociationRow weaker = row(1, "vendor", "north", 0.65, 0.001);

        assertThat(FeatureChoice.of(List.of(), List.of(chance, weaker, established), FDR))
                .containsExactly(new FeatureChoice.Chosen(1, established));
    }

    @Test
    void whereNothingWasTestedTheAurocDecidesAlone() {
        FeatureAssociationRow one = row(1, "site", "B", 0.7, null);
        FeatureAssociationRow other = row(2, "site", "B", 0.2, null);

        assertThat(FeatureChoice.of(List.of(), List.of(one, other), FDR))
                .extracting(FeatureChoice.Chosen::feature)
                .containsExactly(2, 1);
    }

    @Test
    void labelsAreNoGroupsThatAFeatureIsShownFor() {
        FeatureAssociationRow label = row(AssociationKind.LABEL, 1, "label", "cup", 0.99, 0.001);
        FeatureAssociationRow error = row(AssociationKind.ERROR, 2, "error", "wrong", 0.6, 0.001);

        assertThat(FeatureChoice.of(List.of(), List.of(label, error), FDR))
                .containsExactly(new FeatureChoice.Chosen(2, error));
    }

    /** Of an attribute of two groups the associations are mirrors but for rounding, which here favours the less active one. */
    @Test
    void ofMirroredAssociationsThatWithTheMoreActiveGroupIsTold() {
        FeatureAssociationRow less = row(1, "tag", "no", 0.3 - 1e-13, 0.001);
        FeatureAssociationRow more = row(1, "tag", "yes", 0.7, 0.001);

        assertThat(FeatureChoice.of(List.of(), List.of(less, more), FDR))
                .containsExactly(new FeatureChoice.Chosen(1, more));
    }

    @Test
    void thereAreAtMostEightThoseOfThePlanAmongThem() {
        List<FeatureAssociationRow> many = new ArrayList<>();
        IntStream.range(0, 20).forEach(i -> many.add(row(i, "site", "B", 0.9 - 0.01 * i, 0.001)));

        assertThat(FeatureChoice.of(List.of(19), many, FDR))
                .extracting(FeatureChoice.Chosen::feature)
                .containsExactly(19, 0, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void thePlanSaysWhichFeaturesAndWhatIsEstablished() {
        Plan plan = EditedImages.plan(
                "[ { editor = tint }, { editor = sae-feature, feature = 4, run = before } ]",
                "statistics.false-discovery-rate=0.2");

        assertThat(FeatureChoice.of(plan, List.of(row(1, "site", "B", 0.9, 0.19), row(2, "site", "B", 0.9, 0.21))))
                .extracting(FeatureChoice.Chosen::feature)
                .containsExactly(4, 1);
    }

    private static FeatureAssociationRow row(
            int feature, String attribute, String group, double auroc, @Nullable Double q) {
        return row(AssociationKind.ATTRIBUTE, feature, attribute, group, auroc, q);
    }

    private static FeatureAssociationRow row(
            AssociationKind kind, int feature, String attribute, String group, double auroc, @Nullable Double q) {
        return new FeatureAssociationRow(
                "r", "sae", kind, attribute, group, feature, 50, 150, 30, 10, auroc, 2, null, null, 0.95, q, q);
    }
}
