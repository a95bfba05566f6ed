package dev.tapetum.spec;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Reads numbers, booleans and strings as the types of Java. */
final class Scalar {
    private static final Pattern BYTES = Pattern.compile("[0-9]+(\\.[0-9]+)?\\s*([kKMGTP]i?)?B");

    private Scalar() {}

    static boolean isOne(Class<?> type) {
        return type.isPrimitive()
                || type == String.class
                || type == Integer.class
                || type == Long.class
                || type == Float.class
                || type == Double.class
                || type == Boolean.class;
    }

    /**
     * The value as a type.
     *
     * @throws IllegalArgumentException with a sentence that starts with "must be"
     */
    static Object read(Class<?> type, ConfigValue value) {
        if (type == String.class) {
            return text(value, "a string");
        } else if (type == boolean.class || type == Boolean.class) {
            return bool(value);
        } else if (type == int.class || type == Integer.class) {
            return (int) whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
        } else if (type == long.class || type == Long.class) {
            return bytesOrWhole(value);
        } else if (type == double.class || type == Double.class) {
            return real(value);
        } else if (type == float.class || type == Float.class) {
            return (float) real(value);
        } else {
            throw new IllegalStateException("No component of a record may be a " + type);
        }
    }

    /** The text of a scalar, as it was written. */
    static String text(ConfigValue value, String expected) {
        return switch (value.valueType()) {
            case STRING, NUMBER, BOOLEAN -> value.atKey("value").getString("value");
            case OBJECT, LIST, NULL -> throw new IllegalArgumentException(mustBe(expected, value));
        };
    }

    /** The predicate of an error: what a value must be, and what it is. */
    static String mustBe(String expected, ConfigValue value) {
        String actual = switch (value.valueType()) {
            case OBJECT -> "an object";
            case LIST -> "a list";
            case NULL -> "null";
            case STRING -> "'" + value.unwrapped() + "'";
            case NUMBER, BOOLEAN -> text(value, expected);
        };

        return "must be " + expected + ", not " + actual;
    }

    private static boolean bool(ConfigValue value) {
        String text = text(value, "true or false");

        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(mustBe("true or false", value));
        }

        return text.equals("true");
    }

    private static long bytesOrWhole(ConfigValue value) {
        if (value.valueType() == ConfigValueType.STRING
                && BYTES.matcher((String) value.unwrapped()).matches()) {
            return value.atKey("value").getBytes("value");
        }

        return whole(value, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static long whole(ConfigValue value, long min, long max) {
        BigDecimal number = number(value, "a whole number");

        if (number.signum() != 0 && number.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException(mustBe("a whole number", value));
        }

        if (number.compareTo(BigDecimal.valueOf(min)) < 0 || number.compareTo(BigDecimal.valueOf(max)) > 0) {
            throw new IllegalArgumentException(mustBe("a whole number from " + min + " to " + max, value));
        }

        return number.longValueExact();
    }

    private static double real(ConfigValue value) {
        // Not Double.parseDouble, which takes NaN, hexadecimal digits and a trailing d.
        String text = text(value, "a number");
        number(value, "a number");
        double number = Double.parseDouble(text.strip());

        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException(mustBe("a number below 1.8e308", value));
        }

        return number;
    }

    private static BigDecimal number(ConfigValue value, String expected) {
        try {
            return new BigDecimal(text(value, expected).strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(mustBe(expected, value));
        }
    }
}
