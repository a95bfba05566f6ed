package dev.tapetum;

import java.util.Arrays;
import java.util.Locale;

/** How benchmarks print what they saw: both sides of a comparison, and their ratio. */
public final class BenchTable {

    private BenchTable() {}

    public static void compare(String what, String unit, String a, double valueA, String b, double valueB) {
        System.out.println(String.format(
                Locale.ROOT,
                "BENCH | %s | %s: %.3f %s | %s: %.3f %s | ratio %.3f",
                what,
                a,
                valueA,
                unit,
                b,
                valueB,
                unit,
                valueA / valueB));
    }

    /** The middle of what was measured: a machine with other work on it is sometimes slow and never fast by accident. */
    public static double median(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    public static void note(String what, String text) {
        System.out.println("BENCH | " + what + " | " + text);
    }
}
