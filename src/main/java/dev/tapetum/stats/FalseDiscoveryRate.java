package dev.tapetum.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Corrections for having looked at many things.
 *
 * <ul>
 *   <li>{@link #benjaminiHochberg}: adjusted p-values of one family; Benjamini and Hochberg, "Controlling the false
 *       discovery rate", JRSS B 57 (1995). q<sub>(i)</sub> = min over j ≥ i of m·p<sub>(j)</sub>/j.
 *   <li>{@link #acrossFamilies}: the same for many families; Benjamini and Bogomolov, "Selective inference on multiple
 *       families of hypotheses", JRSS B 76 (2014), section 3. With R of m families having a discovery of their own once
 *       the families are themselves corrected, every family's q-values are multiplied by m/R. Testing all in one pot
 *       would let one attribute full of true gaps pay for false ones in a harmless attribute; testing each family by
 *       itself would find something in one harmless attribute out of twenty. This does neither: the average proportion
 *       of false discoveries over the families with any is at most the level.
 *   <li>p-values that are NaN are not tests: their q is NaN, and they do not count in m.
 *   <li>The guarantee holds for independent and positively dependent tests, as usual.
 * </ul>
 */
public final class FalseDiscoveryRate {
    private FalseDiscoveryRate() {}

    /** The q-values of one family, in the order of its p-values. */
    public static double[] benjaminiHochberg(double[] pValues) {
        double[] qValues = new double[pValues.length];
        Arrays.fill(qValues, Double.NaN);
        int[] ascending = IntStream.range(0, pValues.length)
                .filter(i -> !Double.isNaN(pValues[i]))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double smallest = 1;
        for (int rank = ascending.length; rank >= 1; rank--) {
            int i = ascending[rank - 1];
            smallest = Math.min(smallest, pValues[i] * ascending.length / rank);
            qValues[i] = smallest;
        }

        return qValues;
    }

    /**
     * The largest p-value with which a test would be the first discovery of its family, all others staying as they are: its adjusted p-value
     * is then {@code tests · p}, that of its family {@code families · tests · p/(selected + 1)}.
     *
     * @param tests how many the family has
     * @param families how many there are, this one included
     * @param selected how many of the others have a discovery
     */
    public static double firstOf(long tests, long families, long selected, double level) {
        return level * (selected + 1) / ((double) families * tests);
    }

    /**
     * The q-values of tests that belong to families; a test is a discovery when its q-value is at most the level.
     *
     * @param pValues one per test
     * @param families the family of each test
     * @param level the false discovery rate, at which families are selected
     */
    public static double[] acrossFamilies(double[] pValues, List<?> families, double level) {
        Map<Object, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < pValues.length; i++) {
            if (!Double.isNaN(pValues[i])) {
                members.computeIfAbsent(families.get(i), family -> new ArrayList<>())
                        .add(i);
            }
        }

        double[] qValues = new double[pValues.length];
        Arrays.fill(qValues, Double.NaN);
        List<Double> simes = new ArrayList<>();
        for (List<Integer> family : members.values()) {
            double[] within = benjaminiHochberg(
                    family.stream().mapToDouble(i -> pValues[i]).toArray());
            for (int j = 0; j < within.length; j++) {
                qValues[family.get(j)] = within[j];
            }

            // The smallest adjusted p-value is Simes' p-value of "nothing in this family".
            simes.add(Arrays.stream(within).min().orElse(1));
        }

        double[] familyQValues = benjaminiHochberg(
                simes.stream().mapToDouble(Double::doubleValue).toArray());
        long selected = Arrays.stream(familyQValues).filter(q -> q <= level).count();
        double factor = (double) simes.size() / Math.max(1, selected);
        return Arrays.stream(qValues).map(q -> Math.min(1, q * factor)).toArray();
    }
}
