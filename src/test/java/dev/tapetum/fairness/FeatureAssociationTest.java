package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.stats.Interval;
import dev.tapetum.stats.SparseRanks;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureAssociationTest {

    private static final double ROUNDING = 1e-12;
    private static final Group NORTH = new Group("site", "north");

    /**
     * Active in all 3 images of the group and in none of the 3 others: the area is one, the odds 3.5/0.5 against 0.5/3.5, and of the
     * C(6, 3) = 20 ways to deal three active images one is so and one the opposite, so p = 2/20.
     */
    @Test
    void holdsTheGroupAgainstTheOthers() {
        FeatureAssociation association = FeatureAssociation.of(5, NORTH, new SparseRanks(3, 3, 12), 6, 3, 0.95, true);

        assertThat(association.auroc()).isEqualTo(1);
        assertThat(association.logOdds()).isCloseTo(2 * Math.log(7), within(ROUNDING));
        assertThat(association.pValue()).isCloseTo(0.1, within(ROUNDING));
        assertThat(association.referenceN()).isEqualTo(3);
        assertThat(association.referenceActive()).isZero();
        assertThat(association.interval().low()).isLessThan(association.logOdds());
        assertThat(association.qValue()).isNaN();
    }

    /** p of 0.1 and 1: q of 2·0.1/1 and 1. */
    @Test
    void allAssociationsAreOneFamily() {
        FeatureAssociation strong = FeatureAssociation.of(5, NORTH, new SparseRanks(3, 3, 12), 6, 3, 0.95, true);
        FeatureAssociation none = FeatureAssociation.of(6, NORTH, new SparseRanks(3, 0, 0), 6, 0, 0.95, true);

        assertThat(FeatureAssociation.corrected(List.of(none, strong)))
                .extracting(FeatureAssociation::qValue)
                .usingComparatorForType((a, b) -> Math.abs(a - b) < ROUNDING ? 0 : Double.compare(a, b), Double.class)
                .containsExactly(1.0, 0.2);
    }

    @Test
    void imagesThatComeInClustersAreDescribedAndNotTested() {
        FeatureAssociation association = FeatureAssociation.of(5, NORTH, new SparseRanks(3, 3, 12), 6, 3, 0.95, false);

        assertThat(association.auroc()).isEqualTo(1);
        assertThat(association.interval()).isEqualTo(Interval.NONE);
        assertThat(association.pValue()).isNaN();
        assertThat(FeatureAssociation.corrected(List.of(association)).get(0).qValue())
                .isNaN();
    }
}
