package dev.tapetum.attributionmetric;

import dev.tapetum.attributionmetric.Changes.Copy;
import dev.tapetum.model.InputSpec;
import java.util.List;
import java.util.Objects;

/**
 * The rank correlation of the absolute maps of the image and of slightly changed images, the mean over these; 1 is stable.
 *
 * <p>With a smoothing of w, both maps are first averaged over windows of {@code 2w + 1} pixels (of what lies in the image),
 * so that a pixel that moved a little is not punished. Kamath et al. 2024 (arXiv 2312.10534, section 4). NaN where a map is
 * constant.
 *
 * @param correlation spearman or kendall
 * @param smoothing pixels to each side of the window, 0 for none
 * @param perturbation how the image is changed
 * @param samples number of changed images
 */
public record RankStability(Correlation correlation, int smoothing, Perturbation perturbation, int samples)
        implements Stability {

    public RankStability {
        Objects.requireNonNull(correlation, "correlation");
        Objects.requireNonNull(perturbation, "perturbation");
        OnCopies.check(samples);
        if (smoothing < 0) {
            throw new IllegalArgumentException("smoothing is in pixels to each side, zero or more, not " + smoothing);
        }
    }

    @Override
    public double value(Explanation explanation, List<Copy> copies) {
        double[] before = smoothed(explanation.sizes(), explanation.input(), smoothing);
        return copies.stream()
                .map(copy -> smoothed(explanation.sizes(copy.attribution()), explanation.input(), smoothing))
                .mapToDouble(after -> correlation.of(before, after))
                .average()
                .orElseThrow();
    }

    /**
     * The mean of each pixel's window: along the rows, then along the columns. Every window is summed anew in the same order,
     * since differences of running sums would tell equal windows apart by their rounding.
     */
    static double[] smoothed(float[] map, InputSpec input, int window) {
        double[] alongRows = new double[map.length];
        double[] smoothed = new double[map.length];
        for (int row = 0; row < input.height(); row++) {
            for (int col = 0; col < input.width(); col++) {
                int left = Math.max(0, col - window);
                int right = Math.min(input.width(), col + window + 1);
                double sum = 0;
                for (int c = left; c < right; c++) {
                    sum += map[row * input.width() + c];
                }

                alongRows[row * input.width() + col] = sum / (right - left);
            }
        }

        for (int row = 0; row < input.height(); row++) {
            int top = Math.max(0, row - window);
            int bottom = Math.min(input.height(), row + window + 1);
            for (int col = 0; col < input.width(); col++) {
                double sum = 0;
                for (int r = top; r < bottom; r++) {
                    sum += alongRows[r * input.width() + col];
                }

                smoothed[row * input.width() + col] = sum / (bottom - top);
            }
        }

        return smoothed;
    }
}
