package dev.tapetum.attributionmetric;

import dev.tapetum.model.InputSpec;
import java.util.BitSet;

/**
 * An attack that drives the map's mass into a chosen square: {@code L = −Σ_{i∈R} s_i / Σ_i s_i}. Ghorbani, Abid and
 * Zou 2019 (arXiv 1710.10547, section 3.2, targeted attack).
 *
 * @param row top of the square, as a fraction of the image's height
 * @param col its left side, as a fraction of the image's width
 * @param side its side, as a fraction of the image's height and width; what lies beyond the image is cut off
 * @param epsilon largest change of a value, on the [0, 1] scale
 * @param step change per iteration, on the [0, 1] scale
 * @param iterations steps of each restart
 * @param restarts starting points; the first is the image itself
 */
public record TargetRegionAttack(
        double row, double col, double side, double epsilon, double step, int iterations, int restarts)
        implements Attack {

    public TargetRegionAttack {
        Attack.check(epsilon, step, iterations, restarts);
        if (!(row >= 0 && row < 1 && col >= 0 && col < 1 && side > 0 && side <= 1)) {
            throw new IllegalArgumentException("row, col and side are fractions of the image, from 0 to 1, not " + row
                    + ", " + col + " and " + side);
        }
    }

    @Override
    public Criterion criterion(double[] sizes, InputSpec input) {
        int top = (int) Math.floor(row * input.height());
        int left = (int) Math.floor(col * input.width());
        int bottom = Math.min(input.height(), top + Math.max(1, (int) Math.round(side * input.height())));
        int right = Math.min(input.width(), left + Math.max(1, (int) Math.round(side * input.width())));
        BitSet region = new BitSet(input.pixels());
        for (int r = top; r < bottom; r++) {
            region.set(r * input.width() + left, r * input.width() + right);
        }

        return new Criterion.Share(region, -1);
    }

    @Override
    public boolean startsAtImage() {
        return true;
    }
}
