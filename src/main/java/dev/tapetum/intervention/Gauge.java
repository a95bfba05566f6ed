package dev.tapetum.intervention;

import dev.tapetum.image.PixelMeasure;
import java.util.Objects;

/**
 * What must be seen on the pixels when a property is strengthened: a step at which it does not move on has failed.
 *
 * @param measure the property, measured
 * @param trend which way it goes as the strength rises
 */
public record Gauge(PixelMeasure measure, Trend trend) {

    /** Which way a measure goes. */
    public enum Trend {
        RISING,
        FALLING
    }

    public Gauge {
        Objects.requireNonNull(measure, "measure");
        Objects.requireNonNull(trend, "trend");
    }

    public static Gauge rising(PixelMeasure measure) {
        return new Gauge(measure, Trend.RISING);
    }

    public static Gauge falling(PixelMeasure measure) {
        return new Gauge(measure, Trend.FALLING);
    }

    /** Whether the measure has moved on from one step to a stronger one. */
    boolean movedOn(double before, double after) {
        return switch (trend) {
            case RISING -> after > before;
            case FALLING -> after < before;
        };
    }
}
