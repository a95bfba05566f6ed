package dev.tapetum.attributionmetric;

import dev.tapetum.attributionmetric.Changes.Copy;
import java.util.List;
import java.util.Objects;

/**
 * As top-k, but a pixel also counts when it moved by no more than {@code window}: what a person would call the same place.
 *
 * <p>Recall {@code |N_w(S) ∩ S'| / k}, precision {@code |S ∩ N_w(S')| / k}, with N_w the union of the windows of
 * {@code 2w + 1} pixels around a set's pixels, cut off at the border. Kamath et al. 2024 (arXiv 2312.10534: LENS-recall@k,
 * LENS-prec@k). Rows do not run into each other here.
 *
 * @param k number of pixels, as a share of the image's
 * @param window pixels to each side
 * @param overlap recall or precision
 * @param perturbation how the image is changed
 * @param samples number of changed images
 */
public record LocalTopK(double k, int window, Overlap overlap, Perturbation perturbation, int samples)
        implements Stability {

    public LocalTopK {
        TopPixels.check(k);
        Objects.requireNonNull(overlap, "overlap");
        Objects.requireNonNull(perturbation, "perturbation");
        OnCopies.check(samples);
        if (window < 0) {
            throw new IllegalArgumentException("window is in pixels to each side, zero or more, not " + window);
        }
    }

    @Override
    public double value(Explanation explanation, List<Copy> copies) {
        return mean(explanation, copies, k, window, overlap);
    }

    static double mean(Explanation explanation, List<Copy> copies, double k, int window, Overlap overlap) {
        TopPixels before = TopK.largest(explanation.sizes(), explanation.input(), k);
        return copies.stream()
                .map(copy -> TopK.largest(explanation.sizes(copy.attribution()), explanation.input(), k))
                .mapToDouble(after -> overlap.of(before, after, window))
                .average()
                .orElseThrow();
    }
}
