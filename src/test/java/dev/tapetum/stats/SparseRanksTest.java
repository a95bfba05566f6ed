package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.spec.SplitMix64;
import org.junit.jupiter.api.Test;

class SparseRanksTest {

    private static final double ROUNDING = 1e-12;

    /**
     * The group has 0, 2, 3 and the others 0, 1, 2. Of the nine pairs the group's is larger in (2,0), (2,1), (3,0), (3,1), (3,2) and equal
     * in (0,0), (2,2): (5 + 2/2)/9. Positive ones in order: 1, 2, 2, 3 with ranks 1, 2.5, 2.5, 4, of which the group has 6.5.
     */
    @Test
    void theAreaIsTheShareOfPairsWithTiesCountedHalf() {
        assertThat(new SparseRanks(3, 2, 13).auroc(6, 4)).isCloseTo(6 / 9.0, within(ROUNDING));
    }

    @Test
    void withoutAnyPositiveScoreNothingIsTold() {
        assertThat(new SparseRanks(3, 0, 0).auroc(10, 0)).isEqualTo(0.5);
    }

    @Test
    void aGroupThatIsNothingOrEverythingHasNoArea() {
        assertThat(new SparseRanks(0, 0, 0).auroc(10, 4)).isNaN();
        assertThat(new SparseRanks(2, 1, 2).auroc(2, 1)).isNaN();
    }

    @Test
    void ranksThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new SparseRanks(3, 2, 5))
                .hasMessage("2 positive scores of 3, whose doubled ranks sum up to 5");
    }

    /** Scores of few values, so that there are ties; the group in two parts. */
    @Test
    void partsMergeToWhatAllPairsSay() {
        SplitMix64 random = new SplitMix64(3);
        for (int trial = 0; trial < 50; trial++) {
            int[] scores = new int[30];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = Math.max(0, random.below(7) - 2);
            }

            int size = 1 + random.below(28);
            int cut = random.below(size + 1);
            SparseRanks group = part(scores, 0, cut).plus(part(scores, cut, size));

            double pairs = 0;
            long positive = 0;
            for (int i = 0; i < scores.length; i++) {
                positive += scores[i] > 0 ? 1 : 0;
                for (int j = size; i < size && j < scores.length; j++) {
                    pairs += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }

            assertThat(group.auroc(scores.length, positive))
                    .isCloseTo(pairs / (size * (scores.length - size)), within(ROUNDING));
        }
    }

    private static SparseRanks part(int[] scores, int from, int to) {
        long positive = 0;
        long doubled = 0;
        for (int i = from; i < to; i++) {
            if (scores[i] > 0) {
                positive++;
                doubled++;
                for (int score : scores) {
                    doubled += score > 0 && score < scores[i] ? 2 : score == scores[i] ? 1 : 0;
                }
            }
        }

        return new SparseRanks(to - from, positive, doubled);
    }
}
