package dev.tapetum.attribution;

import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Program;

/**
 * The mean of another method's attributions over noisy copies of the image.
 *
 * <p>{@code E[a(x + ε)], ε ~ N(0, (sigma·range)²)}. Smilkov et al. 2017 (arXiv 1706.03825, section 3). Costs {@code
 * samples} times the wrapped method, which the three denoising methods of one image share.
 *
 * @param of the method that is averaged
 * @param samples number of noisy copies
 * @param sigma noise level, as a fraction of the image's range of normalised values
 */
public record SmoothGrad(Attributor of, int samples, double sigma) implements Attributor {

    public SmoothGrad {
        new NoiseCloud(of, samples, sigma);
    }

    @Override
    public void check(ModelCard model) {
        of.check(model);
    }

    @Override
    public Program<Attribution> program(Subject subject) {
        return new NoiseCloud(of, samples, sigma)
                .moments(subject)
                .map(moments -> Attribution.of(moments.score(), moments.evaluations(), moments.mean()));
    }
}
