package dev.tapetum.attributionmetric;

import dev.tapetum.attribution.Subject;
import dev.tapetum.model.InputSpec;

/**
 * The largest relative change of the attribution per relative change of the image.
 *
 * <p>{@code max_j ‖(a_j − a) / a‖ / max(‖(x_j − x) / x‖, 1e-6)} over copies that are predicted alike, with x on the
 * [0, 1] scale of pixels, where zero is black and not the mean colour. Agarwal et al. 2022 (arXiv 2203.06877, section
 * 3.3: RIS).
 *
 * @param perturbation how the image is changed
 * @param samples number of changed images
 */
public record RelativeInputStability(Perturbation perturbation, int samples) implements RelativeStability {

    public RelativeInputStability {
        RelativeStability.check(perturbation, samples);
    }

    @Override
    public double change(Explanation explanation, Seen image, Seen copy) {
        double change = RelativeStability.relativeChange(pixels(explanation, image), pixels(explanation, copy));
        return Double.isNaN(change) ? 0 : change;
    }

    private static float[] pixels(Explanation explanation, Seen seen) {
        Subject subject = explanation.subject();
        InputSpec input = explanation.input();
        float[] pixels = subject.render(seen.stimulus()).clone();
        for (int i = 0; i < pixels.length; i++) {
            int c = i / input.pixels();
            pixels[i] = pixels[i] * input.std().get(c) + input.mean().get(c);
        }

        return pixels;
    }
}
