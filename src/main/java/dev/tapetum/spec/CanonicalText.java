package dev.tapetum.spec;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one text of a record, e.g. {@code integrated-gradients(baseline=black,tolerance=0.01,max-steps=200)}: the name,
 * then every component in the order of its declaration, whether it has its default or not. A record without components
 * is its bare name.
 *
 * <ul>
 *   <li>Keys, names and enum constants are in kebab case; numbers are the shortest decimals that read back as the same
 *       value; nested records, lists {@code [a,b]} and maps {@code {k=v}} (sorted by key) follow the same rules.
 *   <li>A string is bare when it consists of letters, digits and {@code _ . : / % + -} and is not {@code null}; every
 *       other one is quoted as in JSON.
 *   <li>{@link RecordBinder#parse} reads the text back to an equal record. Equal texts mean equal records of one type.
 * </ul>
 */
public final class CanonicalText {
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_.:/%+-]+");
    /** Seventeen significant digits tell any two doubles apart. */
    private static final int DIGITS_OF_A_DOUBLE = 17;
    /** Outside of these powers of ten a number is easier to read with an exponent. */
    private static final int LARGEST_PLAIN_EXPONENT = 15;

    private static final int SMALLEST_PLAIN_EXPONENT = -6;

    private CanonicalText() {}

    /** The text of a record with all its components: the {@code method} column, for one. */
    public static String of(Record record) {
        List<String> arguments = new ArrayList<>();

        for (RecordComponent component : record.getClass().getRecordComponents()) {
            arguments.add(key(component) + "=" + value(read(record, component)));
        }

        return arguments.isEmpty() ? name(record) : name(record) + "(" + String.join(",", arguments) + ")";
    }

    /** The bare name of a record's type in kebab case: the {@code method_name} column, for one. */
    public static String name(Record record) {
        return Kebab.of(record.getClass().getSimpleName());
    }

    /** The name of a component in kebab case: its key in a plan. */
    public static String key(RecordComponent component) {
        return Kebab.of(component.getName());
    }

    /** The value of a component. */
    public static @Nullable Object read(Record record, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Cannot read " + component, e);
        }
    }

    /**
     * The text of a value that a component of a record may have.
     *
     * @throws IllegalArgumentException when a component may have no such value
     */
    public static String value(@Nullable Object value) {
        if (value == null || value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            return String.valueOf(value);
        } else if (value instanceof Double number) {
            return number(number);
        } else if (value instanceof Float number) {
            return number(number);
        } else if (value instanceof Enum<?> constant) {
            return Kebab.of(constant);
        } else if (value instanceof Word word) {
            return string(word.text());
        } else if (value instanceof String string) {
            return string(string);
        } else if (value instanceof Record record) {
            return of(record);
        } else if (value instanceof Collection<?> list) {
            return "["
                    + String.join(",", list.stream().map(CanonicalText::value).toList()) + "]";
        } else if (value instanceof Map<?, ?> map) {
            return map(map);
        } else {
            throw new IllegalArgumentException("No canonical text for a " + value.getClass());
        }
    }

    private static String map(Map<?, ?> map) {
        Map<String, String> entries = new TreeMap<>();
        map.forEach((key, value) -> entries.put(string(String.valueOf(key)), value(value)));
        List<String> texts = new ArrayList<>();
        entries.forEach((key, value) -> texts.add(key + "=" + value));

        return "{" + String.join(",", texts) + "}";
    }

    private static String string(String string) {
        return BARE.matcher(string).matches() && !string.equals("null") ? string : Quoted.of(string);
    }

    private static String number(double number) {
        return Double.isFinite(number) && number != 0
                ? shortest(new BigDecimal(number), decimal -> decimal.doubleValue() == number)
                : String.valueOf(number);
    }

    private static String number(float number) {
        return Float.isFinite(number) && number != 0
                ? shortest(new BigDecimal(number), decimal -> decimal.floatValue() == number)
                : String.valueOf(number);
    }

    /** Rounds to ever more digits until the value is met; Java 17's own Double.toString is not always the shortest. */
    private static String shortest(BigDecimal exact, Predicate<BigDecimal> meetsTheValue) {
        BigDecimal rounded = exact.round(new MathContext(1));

        for (int digits = 2; digits <= DIGITS_OF_A_DOUBLE && !meetsTheValue.test(rounded); digits++) {
            rounded = exact.round(new MathContext(digits));
        }

        return decimal(rounded);
    }

    private static String decimal(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        int exponent = stripped.precision() - stripped.scale() - 1;

        return exponent >= SMALLEST_PLAIN_EXPONENT && exponent <= LARGEST_PLAIN_EXPONENT
                ? stripped.toPlainString()
                : stripped.toString();
    }
}
