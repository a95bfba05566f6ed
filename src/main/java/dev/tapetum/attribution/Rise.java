package dev.tapetum.attribution;

import dev.tapetum.attribution.PixelValues.Spread;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.Model;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Answers;
import dev.tapetum.probe.CoarseMask;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Seeds;
import dev.tapetum.probe.Softmax;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The target's probability over random soft masks, on average over those that keep a pixel.
 *
 * <p>{@code a_i = Σ_j p_c(x ⊙ M_j) M_ij / (samples · keep)}, with {@code x ⊙ M} the image where the mask is 1 and the baseline
 * where it is 0. Petsiuk, Das and Saenko 2018 (RISE, arXiv 1806.07421, equation 6), whose baseline is the zero of normalised
 * pixels: mean. Needs no gradient. Never negative: a pixel that does not count has the mean probability, not zero.
 *
 * <p>Costs {@code samples} forward evaluations and one for the image. The masks depend on the image and the run's seed.
 *
 * @param baseline what hidden pixels become
 * @param samples number of masks
 * @param cells cells of a mask along each side
 * @param keep probability that a cell is kept
 */
public record Rise(Baseline baseline, int samples, int cells, double keep) implements Attributor {

    /** Masks per round, so that an image need not have all of them described at once. */
    private static final int ROUND = 500;

    public Rise {
        Objects.requireNonNull(baseline, "baseline");
        if (samples < 1) {
            throw new IllegalArgumentException("samples is the number of masks, at least 1, not " + samples);
        }

        new CoarseMask(cells, keep, 0);
    }

    @Override
    public void check(ModelCard model) {
        Requirements.of(this, model).type(Model.class);
    }

    @Override
    public Program<Attribution> program(Subject subject) {
        List<Program<double[]>> parts = new ArrayList<>();
        for (int from = 0; from < samples; from += ROUND) {
            parts.add(weighted(subject, from, Math.min(samples, from + ROUND)));
        }

        Program<double[]> sum = parts.get(0);
        for (Program<double[]> part : parts.subList(1, parts.size())) {
            sum = sum.then(former -> part.map(latter -> added(former, latter)));
        }

        Program<Double> score = Program.asking(Round.of(Probe.logits(subject.stimulus())), answers ->
                (double) answers.get(0).logits()[subject.target()]);
        Program<double[]> masked = sum;
        return score.then(logit -> masked.map(total -> conclude(subject, logit, total)));
    }

    /** {@code Σ_j p_c(x ⊙ M_j) M_j} over some of the masks. */
    private Program<double[]> weighted(Subject subject, int from, int to) {
        List<CoarseMask> masks = new ArrayList<>();
        List<Probe> probes = new ArrayList<>();
        Stimulus fill = baseline.of(subject);
        for (int j = from; j < to; j++) {
            CoarseMask mask = new CoarseMask(cells, keep, Seeds.of(subject.seed(), "rise", j));
            masks.add(mask);
            probes.add(Probe.logits(new Stimulus.Masked(subject.stimulus(), fill, mask)));
        }

        return Program.asking(Round.of(probes.toArray(Probe[]::new)), answers -> weighted(subject, masks, answers));
    }

    private static double[] weighted(Subject subject, List<CoarseMask> masks, Answers answers) {
        InputSpec input = subject.input();
        double[] sum = new double[input.pixels()];
        float[] hidden = new float[input.pixels()];
        for (int j = 0; j < masks.size(); j++) {
            double probability = Softmax.of(answers.get(j).logits()).probability(subject.target());
            masks.get(j).paint(hidden, 0, input);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += probability * (1 - hidden[i]);
            }
        }

        return sum;
    }

    private static double[] added(double[] a, double[] b) {
        double[] sum = new double[a.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = a[i] + b[i];
        }

        return sum;
    }

    private Attribution conclude(Subject subject, double score, double[] total) {
        float[] map = new float[total.length];
        for (int i = 0; i < map.length; i++) {
            map[i] = (float) (total[i] / (samples * keep));
        }

        InputSpec input = subject.input();
        return Attribution.of(score, samples + 1, new PixelValues(1, input.height(), input.width(), Spread.LEVEL, map));
    }
}
