package dev.tapetum.attribution;

import dev.tapetum.model.Model;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Answers;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Seeds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * A linear model of the logit in which parts of the image are there, fitted where most of them are.
 *
 * <p>{@code argmin_{b, a} Σ_j π(z_j) (F_c(x(z_j)) − b − ⟨z_j, a⟩)² + ridge·‖a‖²}, with {@code z} in {0, 1}^m saying which parts
 * are there, {@code x(z)} the image with the others replaced, and {@code π(z) = exp(−d²/(2·width²))} for the cosine distance
 * {@code d = 1 − √(|z|/m)} from the whole image. The first z is the whole image; the others have each part with probability
 * ½. The effect {@code a_k} is shared out evenly over the pixels of part k. Ribeiro, Singh and Guestrin 2016 (arXiv 1602.04938,
 * equation 1 and section 3.4), with the kernel and the ridge regression of their published program.
 *
 * <ul>
 *   <li>The paper explains a probability; this explains the logit, as all methods here do.
 *   <li>All parts keep their effects, where the paper keeps the K largest: a map has room for all.
 *   <li>The effects are those of the neighbourhood that the kernel says, and add up to nothing in particular.
 *   <li>Parts that many samples do not tell apart share their effect, thanks to the ridge; without it, thanks to the choice of
 *       the shortest solution.
 * </ul>
 *
 * <p>Costs {@code samples} forward evaluations. What is there in which sample depends on the image and the run's seed.
 *
 * @param features the parts
 * @param baseline what a part that is not there is replaced with
 * @param samples number of images that the linear model is fitted to, the whole one among them
 * @param width width of the kernel
 * @param ridge weight of the squared effects
 */
public record Lime(Features features, Baseline baseline, int samples, double width, double ridge)
        implements Attributor {

    public Lime {
        Objects.requireNonNull(features, "features");
        Objects.requireNonNull(baseline, "baseline");
        if (samples < 2) {
            throw new IllegalArgumentException(
                    "samples is the number of images to fit, the whole one among them, at least 2, not " + samples);
        }

        if (!(width > 0)) {
            throw new IllegalArgumentException("width is a distance, above zero, not " + width);
        }

        if (!(ridge >= 0)) {
            throw new IllegalArgumentException("ridge is a weight, zero or more, not " + ridge);
        }
    }

    @Override
    public void check(ModelCard model) {
        Requirements.of(this, model).type(Model.class);
    }

    @Override
    public Program<Attribution> program(Subject subject) {
        Coalitions coalitions = Coalitions.of(subject, features, baseline);
        List<BitSet> draws = new ArrayList<>();
        draws.add(coalitions.all());
        for (int j = 1; j < samples; j++) {
            draws.add(draw(subject, coalitions.features(), j));
        }

        Probe[] probes = draws.stream().map(coalitions::logits).toArray(Probe[]::new);
        return Program.asking(Round.of(probes), answers -> conclude(coalitions, draws, answers));
    }

    private static BitSet draw(Subject subject, int features, int sample) {
        long seed = Seeds.of(subject.seed(), "lime", sample);
        BitSet present = new BitSet(features);
        for (int k = 0; k < features; k++) {
            present.set(k, Seeds.uniform(seed + k) < 0.5);
        }

        return present;
    }

    /** The constant b drops out of rows and responses that are centred at their weighted means. */
    private Attribution conclude(Coalitions coalitions, List<BitSet> draws, Answers answers) {
        int m = coalitions.features();
        int target = coalitions.subject().target();
        double total = 0;
        double meanResponse = 0;
        double[] mean = new double[m];
        for (int j = 0; j < draws.size(); j++) {
            double weight = weight(draws.get(j), m);
            total += weight;
            meanResponse += weight * answers.get(j).logits()[target];
            draws.get(j).stream().forEach(k -> mean[k] += weight);
        }

        List<LeastSquares.Row> rows = new ArrayList<>();
        for (int j = 0; j < draws.size(); j++) {
            BitSet present = draws.get(j);
            double[] values = new double[m];
            for (int k = 0; k < m; k++) {
                values[k] = (present.get(k) ? 1 : 0) - mean[k] / total;
            }

            double response = answers.get(j).logits()[target] - meanResponse / total;
            rows.add(new LeastSquares.Row(values, response, weight(present, m)));
        }

        double[] effects = LeastSquares.solve(rows, m, ridge);
        return Attribution.of(answers.get(0).logits()[target], draws.size(), coalitions.spread(effects));
    }

    private double weight(BitSet present, int features) {
        double distance = 1 - Math.sqrt((double) present.cardinality() / features);
        return Math.exp(-distance * distance / (2 * width * width));
    }
}
