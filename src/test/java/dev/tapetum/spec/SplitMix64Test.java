package dev.tapetum.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class SplitMix64Test {
    private static final int DRAWS = 100_000;

    /** SplitMix64 from seed 1234567: the first outputs of the published algorithm, computed apart in Python integers. */
    @Test
    void theStreamIsSplitMix64() {
        SplitMix64 stream = new SplitMix64(1234567);

        assertThat(Long.toUnsignedString(stream.nextLong())).isEqualTo("6457827717110365317");
        assertThat(Long.toUnsignedString(stream.nextLong())).isEqualTo("3203168211198807973");
        assertThat(Long.toUnsignedString(stream.nextLong())).isEqualTo("9817491932198370423");
    }

    /** The standard error of the mean of 100,000 uniforms is 0.0009; five of them are allowed. */
    @Property(tries = 20)
    void floatsAreUniform(@ForAll long seed) {
        SplitMix64 stream = new SplitMix64(seed);
        double sum = 0;
        for (int i = 0; i < DRAWS; i++) {
            float value = stream.nextFloat();
            assertThat(value >= 0 && value < 1).isTrue();
            sum += value;
        }

        assertThat(sum / DRAWS).isCloseTo(0.5, within(0.0046));
    }

    @Property(tries = 1000)
    void openDoublesAreNeverAnEnd(@ForAll long seed) {
        assertThat(new SplitMix64(seed).nextOpenDouble()).isGreaterThan(0).isLessThan(1);
    }

    /** Mean 0 within five times 1/√n, variance 1 within five times √(2/n). */
    @Property(tries = 20)
    void normalNumbersHaveMeanZeroAndVarianceOne(@ForAll long seed) {
        SplitMix64 stream = new SplitMix64(seed);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double value = stream.nextNormal();
            sum += value;
            squares += value * value;
        }

        assertThat(sum / DRAWS).isCloseTo(0, within(0.0158));
        assertThat(squares / DRAWS).isCloseTo(1, within(0.0224));
    }

    @Test
    void numbersBelowABoundAreAllOfThemAndNoOthers() {
        SplitMix64 stream = new SplitMix64(3);
        int[] seen = new int[5];
        for (int i = 0; i < DRAWS; i++) {
            seen[stream.below(5)]++;
            assertThat(stream.between(-2, 3)).isBetween(-2.0, 3.0);
        }

        // Each is binomial around 20,000 with a deviation of 126; five of them are allowed.
        for (int count : seen) {
            assertThat((double) count).isCloseTo(DRAWS / 5.0, within(632.0));
        }
    }
}
