package dev.tapetum.probe;

/**
 * The answer to one question. What was not asked is empty.
 *
 * @param logits the logits of all classes; none with {@link Ask#PIXELS}, {@link Ask.Activation} and {@link Ask.Features}
 * @param along the directional derivative that the question asked for; 0 where it asked for none
 * @param activation the activation at the tap of an {@link Ask.Activation} or {@link Ask.TapGradient}
 * @param gradient the gradient with respect to that activation
 * @param pixels the values of the stimulus, for {@link Ask#PIXELS}
 * @param total what the field of a {@link Ask.RuleField} and the biases add up to; NaN unless the rule says it
 * @param features the active features, for {@link Ask.Features}
 */
public record Answer(
        float[] logits,
        double along,
        float[] activation,
        float[] gradient,
        float[] pixels,
        double total,
        ActiveFeatures features) {

    private static final float[] NOTHING = new float[0];

    /** The class of the largest logit; of equal ones the first. */
    public int predicted() {
        return Logits.largest(logits);
    }

    public static Answer logits(float[] logits) {
        return new Answer(logits, 0, NOTHING, NOTHING, NOTHING, Double.NaN, ActiveFeatures.NONE);
    }

    public static Answer along(float[] logits, double along) {
        return new Answer(logits, along, NOTHING, NOTHING, NOTHING, Double.NaN, ActiveFeatures.NONE);
    }
}
