package dev.tapetum.attribution;

/**
 * The mean of another method's attributions over copies of the model with noisy weights and, for each, over noisy
 * copies of the image: a noise-grad of a smooth-grad. Bykov et al. 2022 (arXiv 2106.10185, FusionGrad). Costs {@code
 * samples} times the wrapped method per copy of the model, and the logits.
 *
 * @param of the method that is averaged
 * @param samples number of noisy copies of the image
 * @param sigma noise level, as a fraction of the image's range of normalised values
 */
public record FusionGrad(Attributor of, int samples, double sigma) implements WeightNoise {

    public FusionGrad {
        new NoiseCloud(of, samples, sigma);
        WeightNoise.refuseIn(of);
    }

    @Override
    public Attributor averaged() {
        return new SmoothGrad(of, samples, sigma);
    }
}
