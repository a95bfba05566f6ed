package dev.tapetum.attribution;

/**
 * The mean square of another method's attributions over noisy copies of the image; never negative.
 *
 * <p>{@code E[a(x + ε)²], ε ~ N(0, (sigma·range)²)}, squared per value and then summed over channels. Hooker et al.
 * 2019 (arXiv 1806.10758, section 3).
 *
 * @param of the method that is averaged
 * @param samples number of noisy copies
 * @param sigma noise level, as a fraction of the image's range of normalised values
 */
public record SmoothGradSquared(Attributor of, int samples, double sigma) implements Denoising {

    public SmoothGradSquared {
        new NoiseCloud(of, samples, sigma);
    }

    @Override
    public PixelValues values(NoiseCloud.Moments moments) {
        return moments.meanSquare();
    }
}
