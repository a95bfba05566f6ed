package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShapleyKernelTest {

    /** Every set of s of m once, with the weight (m − 1)/(C(m, s) s (m − s)): for m = 4 these are ¼, ⅛ and ¼. */
    @Test
    void allSetsAreTakenWhenThereAreSamplesForThem() {
        List<ShapleyKernel.Coalition> sets = ShapleyKernel.coalitions(4, 14, 1);

        Set<BitSet> different = new HashSet<>();
        for (ShapleyKernel.Coalition set : sets) {
            different.add(set.present());
            assertThat(set.weight()).isCloseTo(set.present().cardinality() == 2 ? 0.125 : 0.25, within(1e-12));
        }

        assertThat(sets).hasSize(14);
        assertThat(different).hasSize(14).doesNotContain(new BitSet());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8, 11})
    void enoughIsTwoToTheFeaturesLessTwo(int features) {
        int all = (1 << features) - 2;

        assertThat(ShapleyKernel.coalitions(features, all, 1)).hasSize(all);
        assertThat(ShapleyKernel.coalitions(features, 10 * all, 1)).hasSize(all);
    }

    /** Whatever is drawn, sizes keep their weight: {@code Σ_s (m − 1)/(s (m − s)) = 2 (1 + 1/2 + … + 1/(m − 1)) (m − 1)/m}. */
    @ParameterizedTest
    @CsvSource({"8, 9", "20, 45", "20, 1000", "60, 500"})
    void theWeightsAddUpToTheKernels(int features, int samples) {
        double total = 0;
        for (ShapleyKernel.Coalition set : ShapleyKernel.coalitions(features, samples, 3)) {
            assertThat(set.present().cardinality()).isBetween(1, features - 1);
            total += set.weight();
        }

        double harmonic = 0;
        for (int s = 1; s < features; s++) {
            harmonic += 1.0 / s;
        }

        assertThat(ShapleyKernel.coalitions(features, samples, 3)).hasSize(samples);
        assertThat(total).isCloseTo(2 * harmonic * (features - 1) / features, within(1e-9));
    }

    /** 20 features, 1000 samples: the 40 outermost sets are all there, and every further set comes with its complement. */
    @Test
    void theOutermostSizesComeFirstAndDrawsComeInPairs() {
        List<ShapleyKernel.Coalition> sets = ShapleyKernel.coalitions(20, 1000, 3);
        Set<BitSet> outermost = new HashSet<>();
        for (ShapleyKernel.Coalition set : sets) {
            if (set.present().cardinality() == 1 || set.present().cardinality() == 19) {
                outermost.add(set.present());
            }
        }

        assertThat(outermost).hasSize(40);
        for (int j = 0; j < sets.size(); j += 2) {
            assertThat(sets.get(j).present().intersects(sets.get(j + 1).present()))
                    .isFalse();
            assertThat(sets.get(j).present().cardinality()
                            + sets.get(j + 1).present().cardinality())
                    .isEqualTo(20);
        }
    }

    /** In 4000 draws of one of 6 features and its complement each feature is alone 667 times, deviation 24; five of them. */
    @Test
    void everyFeatureIsAsLikely() {
        int[] alone = new int[6];
        for (int seed = 0; seed < 4000; seed++) {
            BitSet first = ShapleyKernel.coalitions(6, 1, seed).get(0).present();
            if (first.cardinality() == 1) {
                alone[first.nextSetBit(0)]++;
            }
        }

        double[] kernel = {1.0 / 5, 1.0 / 8, 1.0 / 9, 1.0 / 8, 1.0 / 5};
        double expected = 4000 * kernel[0] / (kernel[0] * 2 + kernel[1] * 2 + kernel[2]) / 6;
        for (int count : alone) {
            assertThat((double) count).isCloseTo(expected, within(5 * Math.sqrt(expected)));
        }
    }

    @Test
    void aSingleFeatureHasNoSets() {
        assertThat(ShapleyKernel.coalitions(1, 10, 1)).isEmpty();
    }
}
