package dev.tapetum.attributionmetric;

import dev.tapetum.attributionmetric.Changes.Copy;
import java.util.List;
import java.util.Objects;

/**
 * The largest change of the attribution per change of the image, in normalised units, among slightly changed images.
 *
 * <p>{@code max_j ‖a(x_j) − a(x)‖ / ‖x_j − x‖}. Alvarez-Melis and Jaakkola 2018 (arXiv 1806.08049, equation 2), over random
 * neighbours instead of the worst one. A copy that an attack has not moved is no neighbour; NaN where there is none.
 *
 * @param perturbation how the image is changed
 * @param samples number of changed images
 */
public record LocalLipschitz(Perturbation perturbation, int samples) implements Stability {

    public LocalLipschitz {
        Objects.requireNonNull(perturbation, "perturbation");
        OnCopies.check(samples);
    }

    @Override
    public double value(Explanation explanation, List<Copy> copies) {
        float[] own = explanation.attribution().values().values();
        float[] image = explanation.subject().render(explanation.subject().stimulus());
        double largest = Double.NaN;
        for (Copy copy : copies) {
            float[] changed = explanation.subject().render(copy.stimulus());
            double moved = MaxSensitivity.distance(changed, image);
            double answered =
                    MaxSensitivity.distance(copy.attribution().values().values(), own);
            if (moved > 0) {
                double slope = answered / moved;
                largest = Double.isNaN(largest) ? slope : Math.max(largest, slope);
            }
        }

        return largest;
    }
}
