package dev.tapetum.attributionmetric;

import dev.tapetum.model.InputSpec;

/**
 * An attack that moves the map's centre of mass as far as it can: {@code L = −‖C(s) − C(s₀)‖²} in pixels, with {@code
 * s₀} the image's own map. Ghorbani, Abid and Zou 2019 (arXiv 1710.10547, section 3.2). At the image itself L has no
 * slope, so that every restart starts beside it.
 *
 * @param epsilon largest change of a value, on the [0, 1] scale
 * @param step change per iteration, on the [0, 1] scale
 * @param iterations steps of each restart
 * @param restarts starting points, drawn uniformly within epsilon
 */
public record MassCentreAttack(double epsilon, double step, int iterations, int restarts) implements Attack {

    public MassCentreAttack {
        Attack.check(epsilon, step, iterations, restarts);
    }

    @Override
    public Criterion criterion(double[] sizes, InputSpec input) {
        return Criterion.Centre.of(sizes, input.width());
    }

    @Override
    public boolean startsAtImage() {
        return false;
    }
}
