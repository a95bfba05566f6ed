package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.spec.SplitMix64;
import org.junit.jupiter.api.Test;

class LogOddsTest {

    private static final double ROUNDING = 1e-12;

    /** 4 of 5 against 1 of 5: odds 4.5/1.5 = 3 and 1.5/4.5 = 1/3, so ln 9; variance 2/4.5 + 2/1.5 = 16/9. */
    @Test
    void isTheLogOfTheOddsWithAHalfInEveryCell() {
        LogOdds odds = LogOdds.of(4, 5, 1, 5);

        assertThat(odds.value()).isCloseTo(Math.log(9), within(ROUNDING));
        assertThat(odds.deviation()).isCloseTo(4 / 3.0, within(ROUNDING));
    }

    /** z is 1.959964 at 95%. */
    @Test
    void theIntervalIsWoolfs() {
        Interval interval = LogOdds.of(4, 5, 1, 5).interval(0.95);

        assertThat(interval.low()).isCloseTo(Math.log(9) - 1.959964 * 4 / 3, within(1e-6));
        assertThat(interval.high()).isCloseTo(Math.log(9) + 1.959964 * 4 / 3, within(1e-6));
        assertThat(interval.method()).isEqualTo(IntervalMethod.WOOLF);
    }

    /** 3 of 3 against 0 of 3: ln (3.5/0.5) − ln (0.5/3.5) = 2 ln 7. */
    @Test
    void emptyCellsAreFinite() {
        assertThat(LogOdds.of(3, 3, 0, 3).value()).isCloseTo(2 * Math.log(7), within(ROUNDING));
    }

    @Test
    void theOtherGroupsOddsAreTheOpposite() {
        assertThat(LogOdds.of(7, 20, 30, 45).value())
                .isCloseTo(-LogOdds.of(30, 45, 7, 20).value(), within(ROUNDING));
    }

    @Test
    void moreSuccessesThanTrialsAreRefused() {
        assertThatThrownBy(() -> LogOdds.of(3, 2, 0, 1)).hasMessage("3 of 2 against 0 of 1");
    }

    /** Two groups with the same rate: 95% of the intervals hold zero, with a standard deviation of 0.7 points over 1000 tables. */
    @Test
    void theIntervalHoldsZeroAsOftenAsItSays() {
        Coin coin = new Coin();
        int held = 0;
        for (int table = 0; table < 1000; table++) {
            Interval interval =
                    LogOdds.of(coin.heads(60), 60, coin.heads(90), 90).interval(0.95);
            held += interval.excludesZero() ? 0 : 1;
        }

        assertThat(held).isBetween(930, 985);
    }

    private static final class Coin {

        private final SplitMix64 random = new SplitMix64(5);

        int heads(int tosses) {
            int heads = 0;
            for (int i = 0; i < tosses; i++) {
                heads += random.below(10) < 3 ? 1 : 0;
            }

            return heads;
        }
    }
}
