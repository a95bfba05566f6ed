package dev.tapetum.probe;

import org.jspecify.annotations.Nullable;

/**
 * What one input gradient {@code g} adds to a sum that stays on the device: {@code slot += weight·T(g ⊙ times)}.
 *
 * @param slot names the sum, within one program
 * @param times the direction to multiply with, per element; none leaves {@code g} as it is
 */
public record Contribution(
        int slot, double weight, @Nullable Difference times, Transform transform) {

    /** What happens to each element before it is weighted. */
    public enum Transform {
        IDENTITY,
        SQUARE,
        ABSOLUTE;

        public float apply(float value) {
            return switch (this) {
                case IDENTITY -> value;
                case SQUARE -> value * value;
                case ABSOLUTE -> Math.abs(value);
            };
        }
    }

    /** {@code slot += weight·g}. */
    public static Contribution of(int slot, double weight) {
        return new Contribution(slot, weight, null, Transform.IDENTITY);
    }

    Contribution inSlot(int other) {
        return new Contribution(other, weight, times, transform);
    }
}
