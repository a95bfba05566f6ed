package dev.tapetum.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfTest {
    private static final int ALL = 1 << 16;
    private static final int INFINITE = 0x7c00;

    /** The value by its definition, in double arithmetic, which holds every half exactly. */
    private static double byDefinition(int bits) {
        double sign = (bits & 0x8000) == 0 ? 1 : -1;
        int exponent = (bits >> 10) & 0x1f;
        double fraction = (bits & 0x3ff) / 1024.0;

        if (exponent == 0) {
            return sign * fraction * Math.pow(2, -14);
        }

        if (exponent == 31) {
            return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
        }

        return sign * (1 + fraction) * Math.pow(2, exponent - 15);
    }

    @Test
    void everyHalfHasTheValueOfItsDefinition() {
        for (int bits = 0; bits < ALL; bits++) {
            // Double.compare (by AssertJ's boxed equality) tells 0 from -0 and finds NaN equal to itself.
            assertThat(Double.valueOf(Half.toFloat((short) bits)))
                    .as("half %04x", bits)
                    .isEqualTo(Double.valueOf(byDefinition(bits)));
        }
    }

    @Test
    void everyHalfComesBackFromItsFloat() {
        for (int bits = 0; bits < ALL; bits++) {
            boolean signalling = (bits & 0x7fff) > INFINITE && (bits & 0x0200) == 0;
            int expected = signalling ? bits | 0x0200 : bits;

            assertThat(Half.of(Half.toFloat((short) bits)) & 0xffff)
                    .as("half %04x", bits)
                    .isEqualTo(expected);
        }
    }

    @Test
    void whatLiesBetweenTwoHalvesGoesToTheNearerAndTiesGoToTheEven() {
        for (int low = 0; low < INFINITE - 1; low++) {
            int high = low + 1;
            float middle = (Half.toFloat((short) low) + Half.toFloat((short) high)) / 2;
            int even = low % 2 == 0 ? low : high;

            assertThat((int) Half.of(middle)).as("middle above %04x", low).isEqualTo(even);
            assertThat((int) Half.of(Math.nextDown(middle))).isEqualTo(low);
            assertThat((int) Half.of(Math.nextUp(middle))).isEqualTo(high);
            assertThat(Half.of(-middle) & 0xffff).isEqualTo(even | 0x8000);
        }
    }

    // 65504 is the largest half and 65536 would be the next; their middle, 65520, ties to the even one: infinity.
    @ParameterizedTest
    @CsvSource({
        "65504, 7bff",
        "65519.996, 7bff",
        "65520, 7c00",
        "3.4028235e38, 7c00",
        "Infinity, 7c00",
        "-Infinity, fc00",
        "1.4e-45, 0000",
        "-1.4e-45, 8000",
        "-0.0, 8000",
        "1, 3c00",
        "-2, c000",
        "0.333333333, 3555"
    })
    void theEndsOfTheRangeAreIeees(float value, String half) {
        assertThat(Integer.toHexString(0x10000 | (Half.of(value) & 0xffff)).substring(1))
                .isEqualTo(half);
    }

    @Test
    void everyNotANumberStaysOne() {
        // The lowest payload bits are the ones that a half has no room for.
        assertThat(Half.toFloat(Half.of(Float.intBitsToFloat(0x7f80_0001)))).isNaN();
        assertThat(Half.toFloat(Half.of(Float.intBitsToFloat(0xffff_ffff)))).isNaN();
    }
}
