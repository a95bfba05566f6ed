package dev.tapetum.probe;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What the logits say about the order of the classes; equal ones are in the order of their index. */
public final class Logits {

    private Logits() {}

    /** The class that is predicted. */
    public static int largest(float[] logits) {
        int largest = 0;
        for (int k = 1; k < logits.length; k++) {
            largest = logits[k] > logits[largest] ? k : largest;
        }

        return largest;
    }

    /** The most probable classes but one, at most {@code count}. */
    public static List<Integer> largestOthers(float[] logits, int besides, int count) {
        return IntStream.range(0, logits.length)
                .filter(k -> k != besides)
                .boxed()
                .sorted(Comparator.comparing((Integer k) -> -logits[k]))
                .limit(count)
                .toList();
    }

    /** By how much a class is ahead of the largest other one; infinite if there is none. */
    public static double lead(float[] logits, int of) {
        double lead = Double.POSITIVE_INFINITY;
        for (int k = 0; k < logits.length; k++) {
            lead = k == of ? lead : Math.min(lead, (double) logits[of] - logits[k]);
        }

        return lead;
    }
}
