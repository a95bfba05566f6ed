package dev.tapetum.attributionmetric;

import dev.tapetum.UserError;
import dev.tapetum.attribution.Attribution;
import dev.tapetum.attribution.WeightNoise;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Variant;
import dev.tapetum.probe.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;

/**
 * How much of a method's map is left when the model has forgotten what it learnt: the rank correlation between the map and that
 * of the same method on randomised copies of the model. Near 1 the map does not come from what was learnt, and
 * explains nothing.
 *
 * <p>Correlated are absolute maps, as in Adebayo et al. 2018 (arXiv 1810.03292, section 3), towards the same class.
 * The bundle's copies are randomised from the logits downwards, one layer more each (cascading); the reading of each
 * is named by its layers. The metric's own number is their mean, and not that of the last copy: what the paper found
 * of guided-backprop is that its maps survive the loss of all layers but the first, which the last copy, with nothing
 * left, cannot show.
 *
 * <p>Costs the method once per copy. A map that becomes constant has nothing in common with what it was: 0. NaN where
 * the image's own map is constant, or another one not finite. All are NaN, at no cost, for methods that contain
 * noise-grad or fusion-grad: the randomised copies have no noisy copies, without which there is no such map to
 * compare with.
 *
 * @param correlation spearman or kendall
 */
public record ModelParameterRandomisation(Correlation correlation) implements AttributionMetric {

    public ModelParameterRandomisation {
        Objects.requireNonNull(correlation, "correlation");
    }

    @Override
    public void check(ModelCard model) {
        if (stages(model).isEmpty()) {
            throw new UserError(
                    "ModelParameterRandomisation compares with randomised copies of the model, and " + model.name()
                            + " has none; export it again with --randomised (see submit/export_model.py --help)");
        }
    }

    @Override
    public Program<List<Reading>> program(Explanation explanation) {
        List<Variant> stages = stages(explanation.subject().model());
        if (WeightNoise.isIn(explanation.method())) {
            return Program.done(readings(stages, stage -> Double.NaN));
        }

        List<Program<Attribution>> programs = new ArrayList<>();
        for (Variant stage : stages) {
            programs.add(explanation.method().program(explanation.subject()).on(stage));
        }

        return Program.all(programs)
                .map(attributions -> readings(
                        stages, stage -> similarity(explanation.sizes(), explanation.sizes(attributions.get(stage)))));
    }

    private double similarity(float[] own, float[] randomised) {
        return isConstant(randomised) && !isConstant(own) ? 0 : correlation.of(own, randomised);
    }

    private static boolean isConstant(float[] map) {
        for (float value : map) {
            if (value != map[0]) {
                return false;
            }
        }

        return true;
    }

    private static List<Reading> readings(List<Variant> stages, IntToDoubleFunction similarity) {
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            readings.add(new Reading(stages.get(i).layers(), similarity.applyAsDouble(i)));
        }

        double mean = readings.stream().mapToDouble(Reading::value).average().orElse(Double.NaN);
        readings.add(0, new Reading(null, mean));
        return readings;
    }

    private static List<Variant> stages(ModelCard model) {
        return model.variants(Variant.Kind.RANDOMISED);
    }
}
