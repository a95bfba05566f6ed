package dev.tapetum.attribution;

import dev.tapetum.probe.Seeds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.commons.math3.util.CombinatoricsUtils;

/**
 * Which sets of features {@link KernelShap} asks about, and what each weighs.
 *
 * <p>All sets of size s together weigh {@code (m − 1)/(s(m − s))}, each alike. Sizes are taken in pairs s and m − s, from the
 * heaviest, 1 and m − 1, inwards. As long as a pair's share of the weight that is left, of the samples that are left, would
 * hold all sets of the pair, all are taken. What is left of the samples is drawn from the sizes that are left, in proportion
 * to their weight, each set with its complement, and weighs alike.
 */
final class ShapleyKernel {

    private final int features;
    private final int samples;
    private final long seed;
    private final List<Coalition> coalitions = new ArrayList<>();

    private ShapleyKernel(int features, int samples, long seed) {
        this.features = features;
        this.samples = samples;
        this.seed = seed;
    }

    /** A set of features and its weight in the least squares. */
    record Coalition(BitSet present, double weight) {}

    /** All sets but the empty and the full one if there are at most {@code samples} of them, or else {@code samples} sets. */
    static List<Coalition> coalitions(int features, int samples, long seed) {
        ShapleyKernel kernel = new ShapleyKernel(features, samples, seed);
        kernel.choose();
        return kernel.coalitions;
    }

    private void choose() {
        double open = 0;
        for (int size = 1; size < features; size++) {
            open += weight(size);
        }

        boolean whole = features < Integer.SIZE - 1 && (1 << features) - 2 <= samples;
        int inner = 1;
        while (2 * inner <= features) {
            boolean middle = 2 * inner == features;
            double weight = weight(inner) * (middle ? 1 : 2);
            double sets = CombinatoricsUtils.binomialCoefficientDouble(features, inner) * (middle ? 1 : 2);
            int left = samples - coalitions.size();
            if (!whole && left * weight / open < sets) {
                break;
            }

            takeAll(inner, middle, weight / sets);
            open -= weight;
            inner++;
        }

        if (2 * inner <= features) {
            draw(inner, open);
        }
    }

    private double weight(int size) {
        return (features - 1.0) / ((double) size * (features - size));
    }

    private void takeAll(int size, boolean middle, double weight) {
        CombinatoricsUtils.combinationsIterator(features, size).forEachRemaining(members -> {
            BitSet present = new BitSet(features);
            for (int member : members) {
                present.set(member);
            }

            coalitions.add(new Coalition(present, weight));
            if (!middle) {
                coalitions.add(new Coalition(complement(present), weight));
            }
        });
    }

    private void draw(int smallest, double open) {
        int left = samples - coalitions.size();
        for (int draw = 0; coalitions.size() < samples; draw++) {
            long own = Seeds.of(seed, "kernel-shap", draw);
            BitSet present = subset(size(smallest, open, Seeds.uniform(own)), own);
            coalitions.add(new Coalition(present, open / left));
            if (coalitions.size() < samples) {
                coalitions.add(new Coalition(complement(present), open / left));
            }
        }
    }

    /** The size at which the weights from the smallest one on have reached the share {@code upTo}. */
    private int size(int smallest, double open, double upTo) {
        double reached = 0;
        int size = smallest;
        for (; size < features - smallest; size++) {
            reached += weight(size);
            if (reached > upTo * open) {
                break;
            }
        }

        return size;
    }

    /** Selection sampling: each feature with the chance that completes the set. */
    private BitSet subset(int size, long own) {
        BitSet present = new BitSet(features);
        int missing = size;
        for (int k = 0; k < features; k++) {
            if (Seeds.uniform(own + 1 + k) * (features - k) < missing) {
                present.set(k);
                missing--;
            }
        }

        return present;
    }

    private BitSet complement(BitSet present) {
        BitSet others = new BitSet(features);
        others.set(0, features);
        others.andNot(present);
        return others;
    }
}
