package dev.tapetum.probe;

/**
 * What one image's program cost: probes asked by its analyses, and evaluations that the model really made. The
 * difference is what sharing saved. An evaluation of a part of the model only ({@link Ask.Activation}, {@link Ask.Steered})
 * counts in full. An evaluation repeated after the device ran out of memory counts once.
 */
public record Cost(long forwardAsked, long forwardMade, long gradientAsked, long gradientMade) {

    /** Of an image that came to no result. */
    public static final Cost NONE = new Cost(0, 0, 0, 0);
}
