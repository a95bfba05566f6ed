package dev.tapetum.attributionmetric;

import dev.tapetum.probe.Program;
import dev.tapetum.probe.Seeds;
import java.util.List;
import java.util.Objects;

/**
 * The rank correlation between the absolute maps of the target and of another class drawn at random; near 1 means that the
 * method does not care which class it explains.
 *
 * <p>Sixt, Granz and Landgraf 2020 (arXiv 1912.09818), who compare by structural similarity. Costs the method once more. NaN
 * for a model of one class, and where a map is constant or not finite.
 *
 * @param correlation spearman or kendall
 */
public record RandomLogit(Correlation correlation) implements AttributionMetric {

    public RandomLogit {
        Objects.requireNonNull(correlation, "correlation");
    }

    @Override
    public Program<List<Reading>> program(Explanation explanation) {
        int classes = explanation.subject().model().classes().size();
        if (classes < 2) {
            return Program.done(Reading.of(Double.NaN));
        }

        int target = explanation.subject().target();
        long seed = Seeds.of(explanation.subject().seed(), "random-logit", 0);
        int other = (int) Long.remainderUnsigned(seed, classes - 1);
        return explanation
                .method()
                .program(explanation.subject().towards(other < target ? other : other + 1))
                .map(attribution -> Reading.of(correlation.of(explanation.sizes(), explanation.sizes(attribution))));
    }
}
