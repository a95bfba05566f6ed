package dev.tapetum.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** Numbers as people read them: thousands apart, few digits, a true minus sign, a dash where there is no number. */
final class Numbers {
    /** What stands for a number that does not exist. */
    static final String NONE = "–";

    private static final MathContext THREE_DIGITS = new MathContext(3);
    private static final MathContext TWO_DIGITS = new MathContext(2);
    private static final double SMALLEST_WITH_ONE_DECIMAL = 0.095;
    private static final double SMALLEST_PLAIN = 1e-4;
    private static final double SMALLEST_IN_THOUSANDTHS = 0.001;
    private static final double LONGEST_IN_SECONDS = 59.95;
    private static final double SMALLEST_Q = 0.001;
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Numbers() {}

    static String count(long number) {
        return minus(String.format(Locale.ROOT, "%,d", number));
    }

    /** A number in [0, 1] as a percentage with one decimal, or two digits where one decimal would show 0. */
    static String percent(double share) {
        return !Double.isFinite(share) ? NONE : hundredfold(share) + "%";
    }

    /** A difference of two percentages in percentage points, without the unit. */
    static String points(double difference) {
        return !Double.isFinite(difference) ? NONE : hundredfold(difference);
    }

    /** Three significant digits; beyond the range of daily life with an exponent. */
    static String digits(double number) {
        if (!Double.isFinite(number)) {
            return NONE;
        }

        if (number == 0) {
            return "0";
        }

        if (Math.abs(number) < SMALLEST_PLAIN || Math.abs(number) >= 1e9) {
            return minus(String.format(Locale.ROOT, "%.2e", number));
        }

        BigDecimal rounded = BigDecimal.valueOf(number).round(THREE_DIGITS);

        int exponent = rounded.precision() - rounded.scale() - 1;
        int decimals = Math.max(0, THREE_DIGITS.getPrecision() - 1 - exponent);

        return minus(String.format(Locale.ROOT, "%,." + decimals + "f", rounded));
    }

    /** A number between −1 and 1 with two decimals. */
    static String hundredths(double number) {
        return Double.isFinite(number) ? minus(String.format(Locale.ROOT, "%.2f", number)) : NONE;
    }

    /** A number of about that size with three decimals. */
    static String thousandths(double number) {
        return Double.isFinite(number) ? minus(String.format(Locale.ROOT, "%.3f", number)) : NONE;
    }

    /** At most three significant digits, without zeros at the end: what people write for a strength that they chose. */
    static String brief(double number) {
        String digits = digits(number);

        return digits.contains(".") && !digits.contains("e") ? digits.replaceFirst("\\.?0+$", "") : digits;
    }

    /** The form in which these numbers are best compared: three decimals where they are enough, else digits that count. */
    static DoubleFunction<String> alike(double... numbers) {
        double largest = 0;

        for (double number : numbers) {
            largest = Math.max(largest, Double.isFinite(number) ? Math.abs(number) : 0);
        }

        return largest >= SMALLEST_IN_THOUSANDTHS && largest <= 1 ? Numbers::thousandths : Numbers::digits;
    }

    static String q(double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }

        return value < SMALLEST_Q ? "< 0.001" : String.format(Locale.ROOT, "%.3f", value);
    }

    static String duration(double seconds) {
        long whole = Math.round(seconds);

        if (seconds < LONGEST_IN_SECONDS) {
            return digits(seconds) + " s";
        }

        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s"
                : count(whole / 3600) + " h " + whole % 3600 / 60 + " min";
    }

    static String time(@Nullable Instant instant) {
        return instant == null ? NONE : MINUTES.format(instant);
    }

    /** A noun with its count: {@code 1 image}, {@code 2,000 images}. */
    static String of(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** A column that may be null as a number, NaN for null. */
    static double orNaN(@Nullable Double number) {
        return number == null ? Double.NaN : number;
    }

    private static String hundredfold(double share) {
        double number = 100 * share;
        boolean tiny = number != 0 && Math.abs(number) < SMALLEST_WITH_ONE_DECIMAL;

        if (tiny && Math.abs(number) < SMALLEST_PLAIN) {
            return number < 0 ? "−0.0" : "0.0";
        }

        return minus(
                tiny
                        ? BigDecimal.valueOf(number).round(TWO_DIGITS).toPlainString()
                        : String.format(Locale.ROOT, "%.1f", number));
    }

    private static String minus(String text) {
        return text.replace('-', '−');
    }
}
