package dev.tapetum.attributionmetric;

/**
 * The largest relative change of the attribution per change of the model's logits: high where the explanation changes
 * and the model hardly does.
 *
 * <p>{@code max_j ‖(a_j − a) / a‖ / max(‖h(x_j) − h(x)‖, 1e-6)} over copies that are predicted alike, with h all logits.
 * Agarwal et al. 2022 (arXiv 2203.06877, section 3.3: ROS).
 *
 * @param perturbation how the image is changed
 * @param samples number of changed images
 */
public record RelativeOutputStability(Perturbation perturbation, int samples) implements RelativeStability {

    public RelativeOutputStability {
        RelativeStability.check(perturbation, samples);
    }

    @Override
    public double change(Explanation explanation, Seen image, Seen copy) {
        return MaxSensitivity.distance(copy.answer().logits(), image.answer().logits());
    }
}
