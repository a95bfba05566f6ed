package dev.tapetum.fairness;

import dev.tapetum.stats.FalseDiscoveryRate;
import dev.tapetum.stats.Interval;
import dev.tapetum.stats.StatisticsSettings;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How strongly a class answers to a property in a group of images.
 *
 * @param editor what the run calls the editor
 * @param target the class; {@link ResponseMeasure#OWN_TARGET} for each image's own
 * @param n how many images stand behind it
 * @param clusters from how many independent units they come: clusters where there are any (estimated beyond 1,024), else n
 * @param expected mean expected gradient
 * @param signed mean signed gradient
 * @param flipRate share of images for which the class becomes or ceases to be the prediction
 * @param pValue of "the mean expected gradient is at most the smallest effect of importance", one-sided, never zero; NaN when the
 *     effective number of units is below {@code min-group}: no verdict
 * @param qValue the p-value corrected over all effects of the run
 */
public record PropertyEffect(
        String editor,
        String target,
        Group group,
        long n,
        long clusters,
        double expected,
        Interval expectedInterval,
        double signed,
        Interval signedInterval,
        double flipRate,
        double pValue,
        double qValue) {

    /** The effects of a run with their q-values: all its p-values are one family, in however many passes they were found. */
    public static List<PropertyEffect> corrected(List<PropertyEffect> effects, StatisticsSettings settings) {
        double[] qValues = FalseDiscoveryRate.acrossFamilies(
                effects.stream().mapToDouble(PropertyEffect::pValue).toArray(),
                effects.stream().map(effect -> Family.INTERVENTION).toList(),
                settings.falseDiscoveryRate());
        return IntStream.range(0, effects.size())
                .mapToObj(i -> effects.get(i).withQValue(qValues[i]))
                .toList();
    }

    private PropertyEffect withQValue(double q) {
        return new PropertyEffect(
                editor,
                target,
                group,
                n,
                clusters,
                expected,
                expectedInterval,
                signed,
                signedInterval,
                flipRate,
                pValue,
                q);
    }
}
