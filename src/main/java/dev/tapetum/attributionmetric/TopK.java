package dev.tapetum.attributionmetric;

import dev.tapetum.attributionmetric.Changes.Copy;
import dev.tapetum.model.InputSpec;
import java.util.List;
import java.util.Objects;

/**
 * The share of the image's most important pixels that stay so when the image is changed a little: {@code |S ∩ S'| / k},
 * the mean over the changed images. 1 is stable.
 *
 * <p>S and S' are the k pixels of largest channel-summed absolute attribution. Ghorbani, Abid and Zou 2019 (arXiv
 * 1710.10547).
 *
 * @param k number of pixels, as a share of the image's
 * @param perturbation how the image is changed
 * @param samples number of changed images
 */
public record TopK(double k, Perturbation perturbation, int samples) implements Stability {

    public TopK {
        TopPixels.check(k);
        Objects.requireNonNull(perturbation, "perturbation");
        OnCopies.check(samples);
    }

    @Override
    public double value(Explanation explanation, List<Copy> copies) {
        return LocalTopK.mean(explanation, copies, k, 0, Overlap.PRECISION);
    }

    static TopPixels largest(float[] sizes, InputSpec input, double k) {
        return TopPixels.largest(sizes, input.height(), input.width(), TopPixels.count(k, input.pixels()));
    }
}
