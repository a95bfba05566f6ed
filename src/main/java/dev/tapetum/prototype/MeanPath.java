package dev.tapetum.prototype;

import dev.tapetum.model.Tap;
import dev.tapetum.probe.Ranks;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;

/**
 * The path that images of a class take on average: the mean of their activations at every tap, value by value. What is held
 * against it is told by a {@link PathDistance}, so that a drawing can be compared with images of the class and of others.
 * Tagade and Rumbelow 2023 (arXiv 2309.17144).
 *
 * <p>Means are kept in double; their order is taken from them in float, the precision of an activation.
 */
public final class MeanPath {

    private static final int FEWEST_TO_CORRELATE = 2;

    private final List<double[]> means;
    private final List<double[]> ranks;

    private MeanPath(List<double[]> means) {
        this.means = means;
        this.ranks = means.stream().map(mean -> Ranks.of(floats(mean))).toList();
    }

    /** A mean in the making. Sums depend on the order of the images in their last bits: add images in an order of their own. */
    public static final class Sum {

        private final List<double[]> sums;
        private long images;

        public Sum(List<Tap> taps) {
            this.sums = taps.stream().map(tap -> new double[tap.size()]).toList();
        }

        /**
         * Adds an image.
         *
         * @param path the activation at each tap, as {@link ActivationPath} brings it
         */
        public void add(List<float[]> path) {
            for (int tap = 0; tap < sums.size(); tap++) {
                double[] sum = sums.get(tap);
                float[] activation = path.get(tap);
                requireSize(activation.length, sum.length);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += activation[i];
                }
            }

            images++;
        }

        public long images() {
            return images;
        }

        /** The mean of all images so far, of which there must be one. */
        public MeanPath mean() {
            if (images == 0) {
                throw new IllegalStateException("No image has a mean path");
            }

            List<double[]> means = new ArrayList<>();
            for (double[] sum : sums) {
                double[] mean = new double[sum.length];
                for (int i = 0; i < mean.length; i++) {
                    mean[i] = sum[i] / images;
                }

                means.add(mean);
            }

            return new MeanPath(means);
        }
    }

    /**
     * How far the path of an image is from this one.
     *
     * @param path the activation at each tap, of finite numbers
     */
    public PathDistance distance(List<float[]> path) {
        List<PathDistance.AtTap> distances = new ArrayList<>();
        for (int tap = 0; tap < means.size(); tap++) {
            float[] activation = path.get(tap);
            distances.add(new PathDistance.AtTap(
                    l1(activation, means.get(tap)), correlation(Ranks.of(activation), ranks.get(tap))));
        }

        return new PathDistance(distances);
    }

    private static double l1(float[] activation, double[] mean) {
        requireSize(activation.length, mean.length);
        double sum = 0;
        for (int i = 0; i < mean.length; i++) {
            sum += Math.abs(activation[i] - mean[i]);
        }

        return sum / mean.length;
    }

    private static double correlation(double[] a, double[] b) {
        double correlation = a.length < FEWEST_TO_CORRELATE ? 0 : new PearsonsCorrelation().correlation(a, b);
        return Double.isNaN(correlation) ? 0 : correlation;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }

        return floats;
    }

    private static void requireSize(int floats, int expected) {
        if (floats != expected) {
            throw new IllegalArgumentException("An activation of " + floats + " values where the mean has " + expected);
        }
    }
}
