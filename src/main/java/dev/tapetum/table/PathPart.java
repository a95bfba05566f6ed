package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** How natural the way of a drawing is at one tap: {@link PrototypeRow} before the mean over the taps. */
public record PathPart(
        @Comment("Tap.") String tap,

        @Comment("Mean absolute difference between the drawing's activation and the mean of the class's images.")
        double l1,

        @Comment("Spearman's correlation of the two over all values of the activation.")
        double spearman,

        @Comment("The same difference of held-out images of the class, their mean; null without such.") @Nullable
        Double naturalL1,

        @Comment("The same correlation of held-out images of the class, their mean; null without such.") @Nullable
        Double naturalSpearman,

        @Comment("The same difference of images of other classes, their mean; null without such.") @Nullable
        Double otherL1,

        @Comment("The same correlation of images of other classes, their mean; null without such.") @Nullable
        Double otherSpearman) {
    public PathPart {
        requireNonNull(tap, "tap");
    }
}
