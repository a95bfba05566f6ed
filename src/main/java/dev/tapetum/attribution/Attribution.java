package dev.tapetum.attribution;

import java.util.Objects;

/**
 * How much each input value counts for the target's logit.
 *
 * @param score the target's logit {@code F(x)}
 * @param baselineScore the target's logit at the method's baseline; NaN for a method without one
 * @param completenessDelta {@code Σ values} minus what they ought to add up to, {@code F(x) − F(x')} unless the method
 *     says otherwise; NaN for a method that promises no completeness
 * @param evaluations probes that the method asked, forward and gradient together, as if it were alone
 * @param values signed attributions
 */
public record Attribution(
        double score, double baselineScore, double completenessDelta, int evaluations, PixelValues values) {

    public Attribution {
        Objects.requireNonNull(values, "values");
    }

    /** An attribution that has neither baseline nor completeness. */
    static Attribution of(double score, int evaluations, PixelValues values) {
        return new Attribution(score, Double.NaN, Double.NaN, evaluations, values);
    }

    /** An attribution that ought to add up to {@code score − baselineScore}. */
    static Attribution complete(double score, double baselineScore, int evaluations, PixelValues values) {
        return new Attribution(score, baselineScore, values.sum() - (score - baselineScore), evaluations, values);
    }

    /** The same with as many evaluations more, by which the method came to it. */
    Attribution asking(int more) {
        return new Attribution(score, baselineScore, completenessDelta, evaluations + more, values);
    }
}
