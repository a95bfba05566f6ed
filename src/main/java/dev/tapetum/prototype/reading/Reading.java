package dev.tapetum.prototype.reading;

import dev.tapetum.probe.Rectangle;
import dev.tapetum.stats.Interval;
import org.jspecify.annotations.Nullable;

/**
 * How much of a property, or of a feature, the drawings of a class have. A number that does not exist is NaN.
 *
 * @param classIndex the class
 * @param method that drew, with all its parameters
 * @param methodName the name of the method
 * @param property what is looked for; null for a feature
 * @param feature its index; null for a property
 * @param site where it is looked for: {@link Sites#PIXELS} or a tap
 * @param separation how well held-out images tell it at that site
 * @param n drawings of the class
 * @param value the mean over the drawings: of a property its amount ({@link Scale}), of a feature the share in which it is active
 * @param natural the same of images of the class
 * @param others the same of drawings of the other classes by the same method
 * @param interval of the difference
 * @param pValue of no more of it than elsewhere
 * @param qValue the p-value corrected over all readings of a run
 * @param drawnIn whether it is drawn into the class: established, and as much as was called for
 * @param place where it shows in the pixels; null where it shows everywhere or not in the pixels
 * @param colours of the drawings in and outside that place; null without
 */
public record Reading(
        int classIndex,
        String method,
        String methodName,
        @Nullable Property property,
        @Nullable Integer feature,
        String site,
        double separation,
        long n,
        double value,
        double natural,
        double others,
        Interval interval,
        double pValue,
        double qValue,
        boolean drawnIn,
        @Nullable Rectangle place,
        @Nullable PlaceColours colours) {

    /** How much more than in the images of the class and in other drawings, whichever have more. */
    public double difference() {
        // Math.max is NaN where one of them is.
        return value - Math.max(natural, others);
    }

    /** With what the correction over all readings makes of it. */
    Reading corrected(double q, boolean established) {
        return new Reading(
                classIndex,
                method,
                methodName,
                property,
                feature,
                site,
                separation,
                n,
                value,
                natural,
                others,
                interval,
                pValue,
                q,
                established,
                place,
                colours);
    }
}
