package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedTableTest {
    private static final double FOUR_DECIMALS = 6e-5;

    @Test
    void countsFallIntoTheirCells() {
        PairedTable table = PairedTable.of(true, true)
                .plus(PairedTable.of(true, false))
                .plus(PairedTable.of(false, true))
                .plus(PairedTable.of(false, true))
                .plus(PairedTable.of(false, false));

        assertThat(table).isEqualTo(new PairedTable(1, 1, 2, 1));
        assertThat(table.before().rate()).isEqualTo(0.4);
        assertThat(table.after().rate()).isEqualTo(0.6);
        assertThat(table.difference()).isEqualTo(0.2);
        // Half a pair in each cell: (3 + 1)/7 less (1/7)².
        assertThat(table.deviation()).isCloseTo(Math.sqrt(4.0 / 7 - 1.0 / 49), within(1e-15));
        assertThat(PairedTable.EMPTY.difference()).isNaN();
        assertThatThrownBy(() -> new PairedTable(1, -1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        // Newcombe 1998 (paired data), the tables of his examples, method 10; the first rate less the second, so turned
        // here.
        "36, 12, 2, 0, 0.0569, 0.3404",
        "20, 12, 2, 16, 0.0562, 0.3292",
        // Altman et al. 2000, "Statistics with confidence", table 6.2.
        "14, 5, 0, 22, 0.0115, 0.2265",
        // Fagerland, Lydersen and Laake 2014: −0.507 to −0.026.
        "1, 1, 7, 12, -0.5069, -0.0256"
    })
    void theIntervalIsThePublishedOne(long a, long b, long c, long d, double low, double high) {
        Interval interval = ScoreInterval.newcombePaired(new PairedTable(a, b, c, d), 0.95);

        assertThat(-interval.high()).isCloseTo(low, within(FOUR_DECIMALS));
        assertThat(-interval.low()).isCloseTo(high, within(FOUR_DECIMALS));
        assertThat(interval.method()).isEqualTo(IntervalMethod.NEWCOMBE_PAIRED);
    }

    @Test
    void turningTheRunsTurnsTheInterval() {
        Interval one = ScoreInterval.newcombePaired(new PairedTable(50, 9, 3, 20), 0.95);
        Interval other = ScoreInterval.newcombePaired(new PairedTable(50, 3, 9, 20), 0.95);

        assertThat(one.low()).isCloseTo(-other.high(), within(1e-15));
        assertThat(one.high()).isCloseTo(-other.low(), within(1e-15));
    }

    @Test
    void aTableWithoutChangeIsNotCertain() {
        Interval interval = ScoreInterval.newcombePaired(new PairedTable(60, 0, 0, 40), 0.95);

        assertThat(interval.low()).isNegative();
        assertThat(interval.high()).isPositive().isLessThan(0.05);
        assertThat(new PairedTable(60, 0, 0, 40).deviation()).isPositive();
        assertThat(ScoreInterval.newcombePaired(PairedTable.EMPTY, 0.95)).isEqualTo(Interval.NONE);
    }

    /** 4,000 tables of 80 images, of which 8% are lost and 3% gained: 95% ± 1% is three standard errors. */
    @Test
    void theIntervalCoversTheTruth() {
        Random random = new Random(5);
        int covered = 0;
        for (int i = 0; i < 4000; i++) {
            long[] cells = new long[4];
            for (int image = 0; image < 80; image++) {
                double u = random.nextDouble();
                cells[u < 0.08 ? 1 : u < 0.11 ? 2 : u < 0.8 ? 0 : 3]++;
            }

            Interval interval =
                    ScoreInterval.newcombePaired(new PairedTable(cells[0], cells[1], cells[2], cells[3]), 0.95);
            covered += interval.low() <= -0.05 && -0.05 <= interval.high() ? 1 : 0;
        }

        assertThat(covered / 4000.0).isBetween(0.94, 0.975);
    }

    /** Eighty per cent of samples of 200 with a shift of the smallest detectable size are significant. */
    @Test
    void theSmallestDetectableChangeIsFoundFourTimesInFive() {
        PairedTable typical = new PairedTable(120, 16, 16, 48);
        double change = MinimumDetectable.change(typical.deviation(), 200, 0.95);
        Random random = new Random(6);
        int found = 0;
        for (int i = 0; i < 2000; i++) {
            long[] cells = new long[4];
            for (int image = 0; image < 200; image++) {
                double u = random.nextDouble();
                double lost = 0.08 - change / 2;
                cells[u < lost ? 1 : u < 0.16 ? 2 : u < 0.7 ? 0 : 3]++;
            }

            found += McNemar.pValue(new PairedTable(cells[0], cells[1], cells[2], cells[3])) <= 0.05 ? 1 : 0;
        }

        assertThat(found / 2000.0).isBetween(0.76, 0.88);
    }
}
