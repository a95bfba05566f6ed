package dev.tapetum.prototype;

import dev.tapetum.image.AffineWarp;
import dev.tapetum.probe.Seeds;
import dev.tapetum.spec.SplitMix64;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A small affine map at random before every question, so that nothing is drawn that only counts at one exact place: a turn about
 * the middle, an enlargement and a move, each uniform between its bounds.
 *
 * @param rotation largest turn to either side, in degrees
 * @param scale the factor lies between {@code 1 − scale} and {@code 1 + scale}
 * @param translation largest move to either side, as a share of the height and of the width
 */
public record Jitter(double rotation, double scale, double translation) implements Serializable {

    /** The image as it is. */
    static final Jitter NONE = new Jitter(0, 0, 0);

    public Jitter {
        if (!(rotation >= 0 && rotation <= 180)) {
            throw new IllegalArgumentException("rotation must be from 0 to 180 degrees, not " + rotation);
        }

        if (!(scale >= 0 && scale < 1)) {
            throw new IllegalArgumentException("scale must be from 0 to less than 1, not " + scale);
        }

        if (!(translation >= 0 && translation <= 1)) {
            throw new IllegalArgumentException("translation must be from 0 to 1, not " + translation);
        }
    }

    /** The map of a step, which depends on nothing but the seed and the step; null where all bounds are 0. */
    @Nullable
    AffineWarp warp(long seed, int step) {
        if (rotation == 0 && scale == 0 && translation == 0) {
            return null;
        }

        SplitMix64 random = new SplitMix64(Seeds.of(seed, "jitter", step));
        AffineWarp turn = AffineWarp.rotation(random.between(-rotation, rotation));
        double factor = random.between(1 - scale, 1 + scale);
        double down = random.between(-translation, translation);
        double right = random.between(-translation, translation);
        return new AffineWarp(
                turn.yy() / factor, turn.yx() / factor, turn.xy() / factor, turn.xx() / factor, down, right);
    }
}
