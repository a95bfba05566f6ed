package dev.tapetum.attribution;

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
public record SmoothGrad(Attributor of, int samples, double sigma) implements Denoising {

    public SmoothGrad {
        new NoiseCloud(of, samples, sigma);
    }

    @Override
    public boolean isSensitivity() {
        return of.isSensitivity();
    }

    @Override
    public PixelValues values(NoiseCloud.Moments moments) {
        return moments.mean();
    }
}
