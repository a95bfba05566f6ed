package dev.tapetum.demo;

/**
 * What a surface is made of: two colours mixed by a pattern in space.
 *
 * @param grain the pattern's size: cycles in one unit of length
 * @param gloss the strength of the highlight, 0 for a matt surface
 */
record Material(Pattern pattern, Vec colour, Vec second, double grain, double gloss, Noise noise) {

    enum Pattern {
        PLAIN,
        STRIPES,
        MARBLE,
        SPECKLES,
        PLANKS,
        CHECKS
    }

    /** The albedo at a point of the body's own space. */
    Vec at(double x, double y, double z) {
        return colour.towards(second, share(x * grain, y * grain, z * grain));
    }

    private double share(double x, double y, double z) {
        return switch (pattern) {
            case PLAIN -> 0.25 * noise.rough(x, y, z);
            case STRIPES -> step(Math.abs(y - Math.floor(y) - 0.5) - 0.25, 0.1);
            case MARBLE -> step(noise.rough(x, y, z) - 0.5, 0.12);
            case SPECKLES -> step(noise.at(3 * x, 3 * y, 3 * z) - 0.68, 0.08);
            case PLANKS ->
                0.7 * noise.rough(0.3 * x, y, 4 * z) + 0.3 * step(0.06 - Math.abs(z - Math.floor(z) - 0.5), 0.03);
            case CHECKS -> 0.8 * step(weave(x) * weave(z), 0.05) + 0.2 * noise.at(6 * x, y, 6 * z);
        };
    }

    private static double weave(double t) {
        return Math.abs(t - 2 * Math.floor(t / 2) - 1) - 0.5;
    }

    /** 0 below −width, 1 above width, a straight ramp in between. */
    private static double step(double value, double width) {
        return Math.max(0, Math.min(1, 0.5 + value / (2 * width)));
    }
}
