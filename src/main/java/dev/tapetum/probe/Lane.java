package dev.tapetum.probe;

import dev.tapetum.model.Tap;

/** Probes that can share a device batch: those that run the same part of the model in the same way. */
sealed interface Lane permits Lane.Forward, Lane.Gradient, Lane.AtTap {

    record Forward() implements Lane {}

    record Gradient() implements Lane {}

    record AtTap(Tap tap) implements Lane {}

    static Lane of(Ask ask) {
        if (ask instanceof Ask.TapGradient tapGradient) {
            return new AtTap(tapGradient.tap());
        }

        return ask instanceof Ask.InputGradient ? new Gradient() : new Forward();
    }
}
