package dev.tapetum.intervention;

import dev.tapetum.probe.Logits;
import dev.tapetum.probe.Softmax;
import java.util.List;

/** What a model said of every step of an intervention on one image; without any where the editor had nothing to change. */
public record Response(List<Step> steps) {

    /** Of an image that the editor cannot change. */
    static final Response NONE = new Response(List.of());

    public Response {
        steps = List.copyOf(steps);
    }

    /**
     * One step.
     *
     * @param strength in the editor's own unit
     * @param logits of all classes for the edited image
     * @param distance how far the edit moved the image, {@link EditCheck}
     * @param measured the property on the edited pixels; NaN without a gauge
     * @param valid whether the edit did what it should
     */
    public record Step(double strength, float[] logits, EditCheck.Distance distance, double measured, boolean valid) {

        /** The number of a class that is followed. */
        public double value(Followed followed, int target) {
            return switch (followed) {
                case LOGIT -> logits[target];
                case PROBABILITY -> Softmax.of(logits).probability(target);
            };
        }
    }

    /** The steps whose edit did what it should. */
    public List<Step> valid() {
        return steps.stream().filter(Step::valid).toList();
    }

    /**
     * The strength of the first valid step at which a class becomes or ceases to be the prediction, seen from the first valid
     * step on; NaN when it does neither.
     */
    public double flipStrength(int target) {
        List<Step> valid = valid();
        for (Step step : valid) {
            if ((Logits.largest(step.logits) == target) != (Logits.largest(valid.get(0).logits) == target)) {
                return step.strength;
            }
        }

        return Double.NaN;
    }

    /** How one class answers to the property. */
    public PropertyGradient gradient(Followed followed, int target, int shuffles, long seed) {
        List<Step> valid = valid();
        if (valid.isEmpty()) {
            return PropertyGradient.NONE;
        }

        double weakest = steps.get(0).strength;
        double range = steps.get(steps.size() - 1).strength - weakest;
        double[] scaled = valid.stream()
                .mapToDouble(step -> (step.strength - weakest) / range)
                .toArray();
        double[] values =
                valid.stream().mapToDouble(step -> step.value(followed, target)).toArray();
        return PropertyGradient.of(scaled, values, shuffles, seed);
    }
}
