package dev.tapetum.prototype;

import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.Seeds;
import dev.tapetum.spec.SplitMix64;

/**
 * An image as the spectrum behind it: {@code x = sigmoid(M · irfft2(X ⊙ scale)/4)}, as the libraries lucid and lucent have it.
 *
 * <p>The parameters are {@code channels × height × (⌊width/2⌋ + 1)} complex numbers X, real and imaginary part in turn: at column k the
 * amplitudes of {@code exp(2πi (j y/height + k x/width))}, of which the real part is taken, twice where a column stands for its
 * mirror image too.
 *
 * <ul>
 *   <li>{@code scale = 1/max(f, 1/max(height, width))/√(height · width)} with f the length of the frequency, in cycles per pixel: so
 *       that a step moves all scales of a natural image alike, whose amplitudes fall off in this way.
 *   <li>M mixes three channels, so that steps in them are as correlated as the colours of ImageNet: the square root of their
 *       covariance, divided by its largest column's length. Of other numbers of channels none is mixed.
 *   <li>The 4 is lucid's own, which fits the learning rates in use.
 * </ul>
 */
final class Spectrum implements Form {

    private static final double START = 0.01;
    private static final double DIVISOR = 4;

    /** Of lucid's {@code lucid/optvis/param/color.py}. */
    private static final double[][] COLOURS = {{0.26, 0.09, 0.02}, {0.27, 0.00, -0.05}, {0.27, -0.09, 0.03}};

    private final int channels;
    private final int height;
    private final int width;
    private final int columns;
    private final double[] scale;
    private final double[][] mix;
    private final FourierTransform vertical;
    private final FourierTransform horizontal;

    private Spectrum(InputSpec input) {
        this.channels = input.channels();
        this.height = input.height();
        this.width = input.width();
        this.columns = width / 2 + 1;
        this.scale = scale(height, width, columns);
        this.mix = channels == 3 ? normalised(COLOURS) : identity(channels);
        this.vertical = new FourierTransform(height);
        this.horizontal = new FourierTransform(width);
    }

    static Spectrum of(InputSpec input) {
        return new Spectrum(input);
    }

    /** The parameters that a seed starts with. */
    double[] start(long seed) {
        SplitMix64 random = new SplitMix64(Seeds.of(seed, "spectrum", 0));
        double[] start = new double[2 * channels * height * columns];
        for (int i = 0; i < start.length; i++) {
            start[i] = START * random.nextNormal();
        }

        return start;
    }

    @Override
    public double[] image(double[] parameters) {
        double[] image = mixed(planes(parameters));
        for (int i = 0; i < image.length; i++) {
            image[i] = 1 / (1 + StrictMath.exp(-image[i]));
        }

        return image;
    }

    /** The sigmoid's derivative is {@code x (1 − x)}; everything before it is linear, so the adjoints follow in reverse order. */
    @Override
    public double[] pulledBack(double[] image, double[] gradient) {
        double[] ofMixed = new double[gradient.length];
        for (int i = 0; i < ofMixed.length; i++) {
            ofMixed[i] = gradient[i] * image[i] * (1 - image[i]);
        }

        return planesAdjoint(mixedAdjoint(ofMixed));
    }

    @Override
    public void confine(double[] parameters) {}

    /** {@code irfft2(X ⊙ scale)/4}, plane by plane: down the columns, and then along the rows. */
    double[] planes(double[] parameters) {
        double[] planes = new double[channels * height * width];
        for (int c = 0; c < channels; c++) {
            double[][] real = new double[height][width];
            double[][] imaginary = new double[height][width];
            double[] columnReal = new double[height];
            double[] columnImaginary = new double[height];
            for (int k = 0; k < columns; k++) {
                for (int j = 0; j < height; j++) {
                    int at = j * columns + k;
                    columnReal[j] = scale[at] * parameters[2 * (c * height * columns + at)];
                    columnImaginary[j] = scale[at] * parameters[2 * (c * height * columns + at) + 1];
                }

                vertical.apply(columnReal, columnImaginary, 1);
                for (int y = 0; y < height; y++) {
                    real[y][k] = columnReal[y];
                    imaginary[y][k] = columnImaginary[y];
                }
            }

            for (int y = 0; y < height; y++) {
                horizontal.apply(real[y], imaginary[y], 1);
                System.arraycopy(real[y], 0, planes, (c * height + y) * width, width);
            }
        }

        return planes;
    }

    /**
     * The adjoint of {@link #planes}. With {@code ⟨Re Σ w X e^{iθ}, y⟩ = Re Σ X conj(Σ w y e^{−iθ})}, what belongs to X is {@code Σ w
     * y e^{−iθ}}: the same steps in reverse order, with the other sign in the exponents.
     */
    double[] planesAdjoint(double[] planes) {
        double[] gradient = new double[2 * channels * height * columns];
        for (int c = 0; c < channels; c++) {
            double[][] real = new double[height][width];
            double[][] imaginary = new double[height][width];
            for (int y = 0; y < height; y++) {
                System.arraycopy(planes, (c * height + y) * width, real[y], 0, width);
                horizontal.apply(real[y], imaginary[y], -1);
            }

            double[] columnReal = new double[height];
            double[] columnImaginary = new double[height];
            for (int k = 0; k < columns; k++) {
                for (int y = 0; y < height; y++) {
                    columnReal[y] = real[y][k];
                    columnImaginary[y] = imaginary[y][k];
                }

                vertical.apply(columnReal, columnImaginary, -1);
                for (int j = 0; j < height; j++) {
                    int at = j * columns + k;
                    gradient[2 * (c * height * columns + at)] = scale[at] * columnReal[j];
                    gradient[2 * (c * height * columns + at) + 1] = scale[at] * columnImaginary[j];
                }
            }
        }

        return gradient;
    }

    private double[] mixed(double[] planes) {
        double[] mixed = new double[planes.length];
        int pixels = height * width;
        for (int to = 0; to < channels; to++) {
            for (int from = 0; from < channels; from++) {
                for (int i = 0; i < pixels; i++) {
                    mixed[to * pixels + i] += mix[to][from] * planes[from * pixels + i];
                }
            }
        }

        return mixed;
    }

    private double[] mixedAdjoint(double[] mixed) {
        double[] planes = new double[mixed.length];
        int pixels = height * width;
        for (int to = 0; to < channels; to++) {
            for (int from = 0; from < channels; from++) {
                for (int i = 0; i < pixels; i++) {
                    planes[from * pixels + i] += mix[to][from] * mixed[to * pixels + i];
                }
            }
        }

        return planes;
    }

    /** With everything that is a factor of an amplitude: the 4, and a 2 where a column stands for its mirror image as well. */
    private static double[] scale(int height, int width, int columns) {
        double[] scale = new double[height * columns];
        for (int j = 0; j < height; j++) {
            double down = (double) (j <= (height - 1) / 2 ? j : j - height) / height;
            for (int k = 0; k < columns; k++) {
                double across = (double) k / width;
                double frequency = Math.sqrt(down * down + across * across);
                boolean isItsOwnMirrorImage = k == 0 || 2 * k == width;
                scale[j * columns + k] = (isItsOwnMirrorImage ? 1 : 2)
                        / Math.max(frequency, 1.0 / Math.max(height, width))
                        / Math.sqrt((double) height * width)
                        / DIVISOR;
            }
        }

        return scale;
    }

    private static double[][] normalised(double[][] matrix) {
        double largest = 0;
        for (int column = 0; column < matrix.length; column++) {
            double squares = 0;
            for (double[] row : matrix) {
                squares += row[column] * row[column];
            }

            largest = Math.max(largest, Math.sqrt(squares));
        }

        double[][] normalised = new double[matrix.length][matrix.length];
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < matrix.length; column++) {
                normalised[row][column] = matrix[row][column] / largest;
            }
        }

        return normalised;
    }

    private static double[][] identity(int size) {
        double[][] identity = new double[size][size];
        for (int i = 0; i < size; i++) {
            identity[i][i] = 1;
        }

        return identity;
    }
}
