package dev.tapetum.attributionmetric;

/** Which way two sets of pixels are held against each other: S of the image, S' of the changed image. */
public enum Overlap {
    /** {@code |N_w(S) ∩ S'| / |S'|}: how much of the new set lies near the old one. */
    RECALL,
    /** {@code |S ∩ N_w(S')| / |S|}: how much of the old set lies near the new one. */
    PRECISION;

    double of(TopPixels before, TopPixels after, int window) {
        return switch (this) {
            case RECALL -> (double) after.shared(before.within(window)) / after.size();
            case PRECISION -> (double) before.shared(after.within(window)) / before.size();
        };
    }
}
