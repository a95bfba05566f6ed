package dev.tapetum.attribution;

import dev.tapetum.model.Model;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * What the logit loses when a part of the image is replaced: {@link Occlusion} by parts that do not overlap and may follow the
 * image's own edges.
 *
 * <p>{@code F_c(x) − F_c(x with part k replaced)}, shared out evenly over the pixels of part k. The total of the map is the sum
 * of the effects, which is the whole gain only for a model without interactions between parts. After Zeiler and Fergus 2014
 * (arXiv 1311.2901, section 4.2).
 *
 * <p>Costs one forward evaluation per part and one for the image; {@link KernelShap} with the same parts and baseline asks
 * them, too.
 *
 * @param features the parts
 * @param baseline what a part is replaced with
 */
public record FeatureAblation(Features features, Baseline baseline) implements Attributor {

    public FeatureAblation {
        Objects.requireNonNull(features, "features");
        Objects.requireNonNull(baseline, "baseline");
    }

    @Override
    public void check(ModelCard model) {
        Requirements.of(this, model).type(Model.class);
    }

    @Override
    public Program<Attribution> program(Subject subject) {
        Coalitions coalitions = Coalitions.of(subject, features, baseline);
        List<Probe> probes = new ArrayList<>();
        probes.add(Probe.logits(subject.stimulus()));
        for (int k = 0; k < coalitions.features(); k++) {
            BitSet present = coalitions.all();
            present.clear(k);
            probes.add(coalitions.logits(present));
        }

        return Program.asking(Round.of(probes.toArray(Probe[]::new)), answers -> {
            double score = answers.get(0).logits()[subject.target()];
            double[] effects = new double[coalitions.features()];
            for (int k = 0; k < effects.length; k++) {
                effects[k] = score - answers.get(k + 1).logits()[subject.target()];
            }

            return Attribution.of(score, probes.size(), coalitions.spread(effects));
        });
    }
}
