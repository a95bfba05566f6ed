package dev.tapetum.attribution;

import dev.tapetum.model.Model;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Answers;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * The Shapley values of the parts of an image: what a part adds to the logit, on average over the orders in which parts may
 * come.
 *
 * <p>{@code argmin_φ Σ_z w(|z|) (F_c(x(z)) − F_c(x') − ⟨z, φ⟩)²} subject to {@code Σ φ = F_c(x) − F_c(x')}, with {@code z} in
 * {0, 1}^m saying which parts are there, {@code x(z)} the image with the others replaced, and {@code w(s) = (m − 1)/(C(m, s) s
 * (m − s))}. Over all z the solution is the Shapley values. {@code φ_k} is shared out evenly over the pixels of part k.
 * Lundberg and Lee 2017 (arXiv 1705.07874, theorem 2).
 *
 * <ul>
 *   <li>With {@code 2^m − 2 ≤ samples} all sets of parts are asked and the values are exact. Otherwise {@link ShapleyKernel}
 *       chooses {@code samples} sets, first whole sizes and then random ones with their complements.
 *   <li>The constraint holds exactly, whatever the samples: one value is eliminated by it. So the map is complete.
 *   <li>For a model without interactions between parts the values are exact as soon as there are two samples per part. With
 *       fewer the sets leave them open, and the shortest solution is taken; parts are bounded by {@code features}, so choose
 *       samples by that.
 * </ul>
 *
 * <p>Costs {@code samples} forward evaluations or {@code 2^m − 2} if that is less, one for the image and one for the baseline.
 *
 * @param features the parts
 * @param baseline x', what a part that is not there is replaced with
 * @param samples most sets of parts that are asked
 */
public record KernelShap(Features features, Baseline baseline, int samples) implements Attributor {

    public KernelShap {
        Objects.requireNonNull(features, "features");
        Objects.requireNonNull(baseline, "baseline");
        if (samples < 2) {
            throw new IllegalArgumentException("samples is the number of sets of parts, at least 2, not " + samples);
        }
    }

    @Override
    public void check(ModelCard model) {
        Requirements.of(this, model).type(Model.class);
    }

    @Override
    public Program<Attribution> program(Subject subject) {
        Coalitions coalitions = Coalitions.of(subject, features, baseline);
        List<ShapleyKernel.Coalition> sets = ShapleyKernel.coalitions(coalitions.features(), samples, subject.seed());
        List<Probe> probes = new ArrayList<>();
        probes.add(coalitions.logits(coalitions.all()));
        probes.add(coalitions.logits(new BitSet()));
        sets.forEach(set -> probes.add(coalitions.logits(set.present())));
        return Program.asking(Round.of(probes.toArray(Probe[]::new)), answers -> conclude(coalitions, sets, answers));
    }

    private static Attribution conclude(Coalitions coalitions, List<ShapleyKernel.Coalition> sets, Answers answers) {
        int target = coalitions.subject().target();
        double score = answers.get(0).logits()[target];
        double nothing = answers.get(1).logits()[target];
        List<LeastSquares.Row> rows = new ArrayList<>();
        for (int j = 0; j < sets.size(); j++) {
            double gain = answers.get(j + 2).logits()[target] - nothing;
            rows.add(row(sets.get(j), coalitions.features() - 1, gain, score - nothing));
        }

        double[] values = withLast(LeastSquares.solve(rows, coalitions.features() - 1, 0), score - nothing);
        return Attribution.complete(score, nothing, sets.size() + 2, coalitions.spread(values));
    }

    /** With {@code φ_last = whole − Σ others}: {@code gain − z_last·whole = Σ (z_k − z_last) φ_k}. */
    private static LeastSquares.Row row(ShapleyKernel.Coalition set, int last, double gain, double whole) {
        int withLast = set.present().get(last) ? 1 : 0;
        double[] values = new double[last];
        for (int k = 0; k < last; k++) {
            values[k] = (set.present().get(k) ? 1 : 0) - withLast;
        }

        return new LeastSquares.Row(values, gain - withLast * whole, set.weight());
    }

    private static double[] withLast(double[] others, double whole) {
        double[] values = new double[others.length + 1];
        double sum = 0;
        for (int k = 0; k < others.length; k++) {
            values[k] = others[k];
            sum += others[k];
        }

        values[others.length] = whole - sum;
        return values;
    }
}
