package dev.tapetum.attributionmetric;

import dev.tapetum.attribution.Baseline;
import dev.tapetum.probe.PixelRanking;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Seeds;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The metrics that replace random sets of pixels and compare what the logit loses with what the attribution of those
 * pixels adds up to; sensitivities, in logits per unit of input as of a gradient, are first multiplied by what is taken away,
 * {@code x − b}. Costs one forward evaluation per set and one for the image. The sets depend on the image, the run's
 * seed and their size only, so two methods are asked about the same ones and their probes are answered once.
 */
sealed interface SubsetEffects extends AttributionMetric permits FaithfulnessCorrelation, SensitivityN, Infidelity {

    Baseline baseline();

    /** Pixels of every set, as shares of the image's. */
    List<Double> shares();

    /** Number of sets of each size. */
    int subsets();

    /**
     * What each pixel is said to account for when it is replaced by that of b, in logits: its attribution, or for a
     * method whose values are sensitivities {@code Σ_c (x_ic − b_ic)·a_ic}.
     */
    default float[] attributed(Explanation explanation, Stimulus replacement) {
        return explanation.method().isSensitivity() ? explanation.timesDistance(replacement) : explanation.map();
    }

    /** What the comparison says; one entry per size. */
    double value(List<Effects> effects);

    /**
     * Both sides of the comparison, for the sets of one size.
     *
     * @param attributed {@code Σ_{i∈S}} of what each pixel is said to account for, per set
     * @param lost {@code F(x) − F(x with S replaced)} per set
     */
    record Effects(double[] attributed, double[] lost) {}

    static void check(Baseline baseline, double share, int subsets) {
        Objects.requireNonNull(baseline, "baseline");
        TopPixels.check(share);
        if (subsets < 2) {
            throw new IllegalArgumentException("subsets is at least 2, not " + subsets);
        }
    }

    @Override
    default Program<List<Reading>> program(Explanation explanation) {
        Stimulus image = explanation.subject().stimulus();
        Stimulus replacement = baseline().of(explanation.subject());
        List<PixelRanking> sets = sets(explanation);
        List<Probe> probes = new ArrayList<>();
        probes.add(Probe.logits(image));
        for (PixelRanking set : sets) {
            probes.add(Probe.logits(new Stimulus.Masked(image, replacement, set.first(set.size()))));
        }

        return Program.asking(Round.of(probes.toArray(Probe[]::new)), answers -> {
            int target = explanation.subject().target();
            double[] logits = answers.answers().stream()
                    .mapToDouble(answer -> answer.logits()[target])
                    .toArray();
            return Reading.of(value(effects(attributed(explanation, replacement), sets, logits)));
        });
    }

    private List<PixelRanking> sets(Explanation explanation) {
        int pixels = explanation.input().pixels();
        List<PixelRanking> sets = new ArrayList<>();
        for (double share : shares()) {
            int size = TopPixels.count(share, pixels);
            for (int j = 0; j < subsets(); j++) {
                long seed = Seeds.of(explanation.subject().seed(), "pixel-subset-" + size, j);
                sets.add(PixelRanking.random(pixels, size, seed));
            }
        }

        return sets;
    }

    private List<Effects> effects(float[] map, List<PixelRanking> sets, double[] logits) {
        List<Effects> effects = new ArrayList<>();
        for (int first = 0; first < sets.size(); first += subsets()) {
            double[] attributed = new double[subsets()];
            double[] lost = new double[subsets()];
            for (int j = 0; j < attributed.length; j++) {
                PixelRanking set = sets.get(first + j);
                for (int rank = 0; rank < set.size(); rank++) {
                    attributed[j] += map[set.pixel(rank)];
                }

                lost[j] = logits[0] - logits[1 + first + j];
            }

            effects.add(new Effects(attributed, lost));
        }

        return effects;
    }
}
