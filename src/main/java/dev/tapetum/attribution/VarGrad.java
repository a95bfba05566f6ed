package dev.tapetum.attribution;

/**
 * The variance of another method's attributions over noisy copies of the image: where the explanation is unsteady.
 *
 * <p>{@code E[a²] − E[a]²} over {@code a(x + ε), ε ~ N(0, (sigma·range)²)}, the variance of the copies themselves
 * (divided by n), per value and then summed over channels. Adebayo et al. 2018 (arXiv 1810.03307, appendix). Rounding
 * can push a variance of zero below it; it is then zero.
 *
 * @param of the method whose variance is taken
 * @param samples number of noisy copies
 * @param sigma noise level, as a fraction of the image's range of normalised values
 */
public record VarGrad(Attributor of, int samples, double sigma) implements Denoising {

    public VarGrad {
        new NoiseCloud(of, samples, sigma);
    }

    @Override
    public PixelValues values(NoiseCloud.Moments moments) {
        float[] variance = moments.meanSquare().values().clone();
        for (int i = 0; i < variance.length; i++) {
            double mean = moments.mean().values()[i];
            variance[i] = (float) Math.max(0, variance[i] - mean * mean);
        }

        return moments.mean().withValues(variance);
    }
}
