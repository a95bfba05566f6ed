package dev.tapetum.probe;

import dev.tapetum.model.Rule;
import dev.tapetum.model.Tap;
import org.jspecify.annotations.Nullable;

/**
 * Probes that can share a device batch: those that run the same part of the same model in the same way.
 *
 * @param variant the model, null for the bundle's own
 */
record Lane(Part part, @Nullable String variant) {

    /** What of a model is run. */
    sealed interface Part {

        /** The model and no more. */
        record Forward() implements Part {}

        /** Nothing of the model: stimuli are drawn. */
        record Drawing() implements Part {}

        /** The model and back. */
        record Gradient() implements Part {}

        /** The model and back by a rule. */
        record OfRule(Rule rule, double parameter) implements Part {}

        /** The model, and back to a tap. */
        record AtTap(Tap tap) implements Part {}

        /** The model up to a tap. */
        record Stem(Tap tap) implements Part {}

        /** The model up to a tap, and an encoder of its tokens. */
        record Encoding(Ask.Features features) implements Part {}

        /** The model from a tap onwards. */
        record Head(Tap tap) implements Part {}
    }

    static Lane of(Probe probe) {
        return new Lane(part(probe.ask()), probe.variant());
    }

    private static Part part(Ask ask) {
        if (ask instanceof Ask.TapGradient tapGradient) {
            return new Part.AtTap(tapGradient.tap());
        }

        if (ask instanceof Ask.Activation activation) {
            return new Part.Stem(activation.tap());
        }

        if (ask instanceof Ask.Features features) {
            return new Part.Encoding(features);
        }

        if (ask instanceof Ask.Steered steered) {
            return new Part.Head(steered.shift().tap());
        }

        if (ask instanceof Ask.RuleField field) {
            return new Part.OfRule(field.rule(), field.parameter());
        }

        if (ask instanceof Ask.Pixels) {
            return new Part.Drawing();
        }

        return ask instanceof Ask.InputGradient ? new Part.Gradient() : new Part.Forward();
    }
}
