package dev.tapetum.attributionmetric;

import dev.tapetum.probe.Program;
import java.util.List;
import java.util.Objects;

/**
 * The mean of the target's probability while more and more pixels are removed so that their places cannot be told: each
 * becomes the weighted mean of its neighbours, solved for all removed ones at once, with a little noise. With the most
 * relevant first (morf) low is faithful, with the least relevant first (lerf) high is.
 *
 * <p>{@code Σ_i p(x_i) / n}, where x_i lacks {@code (2i − 1) / 2n} of the pixels: 1, 3, …, 99 % for n = 50. Rong et al. 2022
 * ("A consistent and efficient evaluation strategy for attribution methods", arXiv 2202.00449), who give the accuracy over a
 * data set for each share; of one image accuracy is only a yes or no, so ours is the probability, and its mean over the
 * shares. Neighbours beyond the border have no weight, the noise is on the [0, 1] scale of pixels and values are not cut off
 * after it, as in the authors' code. The noise of a share is the same for all methods. Costs one forward evaluation per
 * share, none of them shared with other curves.
 *
 * @param order which pixels go first
 * @param steps number of shares
 * @param noise standard deviation of the noise on imputed pixels, on the [0, 1] scale
 */
public record Road(Order order, int steps, double noise) implements AttributionMetric {

    /** Which pixels are removed first. */
    public enum Order {
        /** Most relevant first. */
        MORF,
        /** Least relevant first. */
        LERF
    }

    public Road {
        Objects.requireNonNull(order, "order");
        PerturbationCurve.check(steps);
        if (!(noise >= 0)) {
            throw new IllegalArgumentException("noise is zero or more, not " + noise);
        }
    }

    /** Pixels removed at each share, rounded down, so that one always stays. */
    int count(int step, int pixels) {
        return (int) ((2L * step + 1) * pixels / (2L * steps));
    }

    @Override
    public Program<List<Reading>> program(Explanation explanation) {
        return new RoadCurve(this, explanation);
    }
}
