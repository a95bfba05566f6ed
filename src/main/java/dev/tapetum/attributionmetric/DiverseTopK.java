package dev.tapetum.attributionmetric;

import dev.tapetum.attributionmetric.Changes.Copy;
import dev.tapetum.model.InputSpec;
import java.util.List;
import java.util.Objects;

/**
 * As local-top-k, over pixels that are spread out: the most important one, then the most important one outside its window,
 * and so on, so that one bright spot does not fill the whole set.
 *
 * <p>Recall {@code |N_v(D) ∩ D'| / |D'|}, precision {@code |D ∩ N_v(D')| / |D|}, with D and D' chosen greedily without the
 * windows of those chosen before, and v = window when {@code local}, else 0: the plain overlap {@code |D ∩ D'| / |D|} is
 * the precision that is not local. Kamath et al. 2024 (arXiv 2312.10534: top-k-div, LENS-recall@k-div, LENS-prec@k-div). When
 * the windows have used up the image before k pixels are found, the share is of those that were.
 *
 * @param k number of pixels, as a share of the image's
 * @param window pixels to each side
 * @param local whether a pixel also counts when it moved within the window
 * @param overlap recall or precision
 * @param perturbation how the image is changed
 * @param samples number of changed images
 */
public record DiverseTopK(double k, int window, boolean local, Overlap overlap, Perturbation perturbation, int samples)
        implements Stability {

    public DiverseTopK {
        TopPixels.check(k);
        Objects.requireNonNull(overlap, "overlap");
        Objects.requireNonNull(perturbation, "perturbation");
        OnCopies.check(samples);
        if (window < 1) {
            throw new IllegalArgumentException("window is in pixels to each side, at least 1, not " + window);
        }
    }

    @Override
    public double value(Explanation explanation, List<Copy> copies) {
        TopPixels before = diverse(explanation.sizes(), explanation.input());
        return copies.stream()
                .map(copy -> diverse(explanation.sizes(copy.attribution()), explanation.input()))
                .mapToDouble(after -> overlap.of(before, after, local ? window : 0))
                .average()
                .orElseThrow();
    }

    private TopPixels diverse(float[] sizes, InputSpec input) {
        return TopPixels.diverse(sizes, input.height(), input.width(), TopPixels.count(k, input.pixels()), window);
    }
}
