package dev.tapetum.attribution;

import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.PixelLabels;
import dev.tapetum.probe.Stimulus;
import java.util.Arrays;

/**
 * Segments of an image whose pixels differ less within than between: neighbouring pixels are joined from the most to the least
 * similar pair, as long as their segments are alike enough. Felzenszwalb and Huttenlocher 2004 ("Efficient graph-based image
 * segmentation", IJCV 59, section 4).
 *
 * <p>The image on [0, 1], blurred by a Gaussian of sigma, is a graph in which each pixel has up to eight neighbours, at the
 * Euclidean distance of their colours. In the order of distance an edge joins segments A and B if its distance is at most
 * {@code min(Int(A) + k/|A|, Int(B) + k/|B|)}, with Int the largest distance that has joined the segment so far and
 * {@code k = scale / 255}, so that scale is the paper's, on pixels of 0 to 255. Afterwards the same order joins what is
 * smaller than the minimum.
 *
 * <ul>
 *   <li>Equal distances come in the order of direction (right, down, down right, down left) and pixel, so that an image has
 *       one segmentation.
 *   <li>The paper cuts up each colour channel and intersects; Euclidean distance is what its published program does.
 * </ul>
 *
 * <p>The edges are sorted once, for any number of scales.
 */
final class GraphSegmentation {

    private static final int[] DOWN = {0, 1, 1, 1};
    private static final int[] RIGHT = {1, 0, 1, -1};

    private final InputSpec input;

    /** Distance in the upper half, as the bits of a float that is not negative; direction and pixel in the lower. */
    private final long[] edges;

    private GraphSegmentation(InputSpec input, long[] edges) {
        this.input = input;
        this.edges = edges;
    }

    /** @param sigma standard deviation of the blur in pixels; 0 for none */
    static GraphSegmentation of(Subject subject, double sigma) {
        InputSpec input = subject.input();
        Stimulus blurred = sigma == 0 ? subject.stimulus() : new Stimulus.Blurred(subject.stimulus(), sigma);
        float[] image = subject.render(blurred);
        long[] edges = new long[4 * input.pixels()];
        int count = 0;
        for (int direction = 0; direction < 4; direction++) {
            for (int row = 0; row + DOWN[direction] < input.height(); row++) {
                for (int col = 0; col < input.width(); col++) {
                    int beyond = col + RIGHT[direction];
                    if (beyond >= 0 && beyond < input.width()) {
                        int pixel = row * input.width() + col;
                        float distance = distance(image, input, pixel, pixel + step(input, direction));
                        edges[count++] = ((long) Float.floatToIntBits(distance) << 32)
                                | ((long) direction * input.pixels() + pixel);
                    }
                }
            }
        }

        edges = Arrays.copyOf(edges, count);
        Arrays.sort(edges);
        return new GraphSegmentation(input, edges);
    }

    private static int step(InputSpec input, int direction) {
        return DOWN[direction] * input.width() + RIGHT[direction];
    }

    private static float distance(float[] image, InputSpec input, int a, int b) {
        double squares = 0;
        for (int c = 0; c < input.channels(); c++) {
            double difference = ((double) image[c * input.pixels() + a] - image[c * input.pixels() + b])
                    * input.std().get(c);
            squares += difference * difference;
        }

        return (float) Math.sqrt(squares);
    }

    /**
     * The segments.
     *
     * @param scale how different neighbours may be within a segment; larger makes larger segments
     * @param smallest pixels of the smallest segment
     */
    PixelLabels segments(double scale, double smallest) {
        Forest forest = new Forest(input.pixels(), scale / 255);
        for (long edge : edges) {
            forest.joinIfAlike(from(edge), to(edge), Float.intBitsToFloat((int) (edge >>> 32)));
        }

        for (long edge : edges) {
            forest.joinIfSmall(from(edge), to(edge), smallest);
        }

        return PixelLabels.of(forest.roots());
    }

    private int from(long edge) {
        return (int) edge % input.pixels();
    }

    private int to(long edge) {
        return from(edge) + step(input, (int) edge / input.pixels());
    }

    /** Disjoint sets of pixels, each with its size and the largest distance that has joined it. */
    private static final class Forest {

        private final int[] parent;
        private final int[] size;
        private final double[] inner;
        private final double k;

        Forest(int pixels, double k) {
            this.parent = new int[pixels];
            this.size = new int[pixels];
            this.inner = new double[pixels];
            this.k = k;
            Arrays.setAll(parent, i -> i);
            Arrays.fill(size, 1);
        }

        void joinIfAlike(int a, int b, float distance) {
            int first = root(a);
            int second = root(b);
            double allowed = Math.min(inner[first] + k / size[first], inner[second] + k / size[second]);
            if (first != second && distance <= allowed) {
                inner[join(first, second)] = distance;
            }
        }

        void joinIfSmall(int a, int b, double smallest) {
            int first = root(a);
            int second = root(b);
            if (first != second && Math.min(size[first], size[second]) < smallest) {
                join(first, second);
            }
        }

        int[] roots() {
            int[] roots = new int[parent.length];
            Arrays.setAll(roots, this::root);
            return roots;
        }

        private int join(int first, int second) {
            int larger = size[first] >= size[second] ? first : second;
            int smaller = larger == first ? second : first;
            parent[smaller] = larger;
            size[larger] += size[smaller];
            return larger;
        }

        private int root(int pixel) {
            int at = pixel;
            while (parent[at] != at) {
                parent[at] = parent[parent[at]];
                at = parent[at];
            }

            return at;
        }
    }
}
