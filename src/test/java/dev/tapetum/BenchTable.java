package dev.tapetum;

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

    public static void note(String what, String text) {
        System.out.println("BENCH | " + what + " | " + text);
    }
}
