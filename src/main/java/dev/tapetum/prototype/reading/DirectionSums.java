package dev.tapetum.prototype.reading;

import java.util.Arrays;
import java.util.List;

/**
 * Sums towards {@link Directions}, of images that come class by class. For each property
 *
 * <pre>d = mean over classes of (mean of the class's images with it − mean of those without)</pre>
 *
 * over the classes that have both.
 *
 * <p>Sums are whole numbers of 2<sup>−30</sup>, which can be added in any order and give the same: images come from a device in
 * whatever order its batches are ready, and classes from different tasks. A float of 2<sup>−6</sup> or more is such a whole number
 * itself, and a smaller one is off by less than 5e-10. What lies beyond ±2<sup>17</sup> counts as that; half precision ends at 65,504, and
 * ordinary activations long before.
 *
 * @implNote 8 bytes per site value for every value of an attribute and for every property.
 */
public final class DirectionSums {
    private static final double UNIT = 0x1p-30;
    private static final double LARGEST = 0x1p17;

    private final ReadProperties properties;
    private final long[][] differences;
    private final int[] classes;
    private final long[][][] sums;
    private final int[][] counts;
    private final long[] whole;

    /** @param size values that the sites hold of an image */
    public DirectionSums(ReadProperties properties, int size) {
        this.properties = properties;
        this.differences = new long[properties.all().size()][size];
        this.classes = new int[differences.length];
        List<ReadAttribute> attributes = properties.attributes();
        this.sums = new long[attributes.size()][][];
        this.counts = new int[attributes.size()][];
        for (int a = 0; a < sums.length; a++) {
            int values = attributes.get(a).values().size();
            sums[a] = new long[values][size];
            counts[a] = new int[values];
        }

        this.whole = new long[size];
    }

    /**
     * Adds an image of the class that is being summed up.
     *
     * @param values which value of each attribute it has, {@link ReadProperties#values}
     * @param image what the sites hold of it
     */
    public void add(int[] values, float[] image) {
        for (int i = 0; i < whole.length; i++) {
            whole[i] = whole(image[i]);
        }

        for (int a = 0; a < values.length; a++) {
            if (values[a] != ReadProperties.UNKNOWN) {
                counts[a][values[a]]++;
                long[] sum = sums[a][values[a]];
                for (int i = 0; i < whole.length; i++) {
                    sum[i] += whole[i];
                }
            }
        }
    }

    /** The class has no more images; what comes is of another one. */
    public void endClass() {
        int property = 0;
        for (int a = 0; a < sums.length; a++) {
            ReadAttribute attribute = properties.attributes().get(a);
            for (String value : attribute.read()) {
                add(property++, sums[a], counts[a], attribute.values().indexOf(value));
            }

            for (long[] sum : sums[a]) {
                Arrays.fill(sum, 0);
            }

            Arrays.fill(counts[a], 0);
        }
    }

    private void add(int property, long[][] sum, int[] count, int value) {
        int with = count[value];
        int without = Arrays.stream(count).sum() - with;
        if (with == 0 || without == 0) {
            return;
        }

        classes[property]++;
        for (int i = 0; i < whole.length; i++) {
            long other = 0;
            for (int v = 0; v < sum.length; v++) {
                other += v == value ? 0 : sum[v][i];
            }

            double difference = UNIT * ((double) sum[value][i] / with - (double) other / without);
            differences[property][i] += whole(difference);
        }
    }

    /** Of a property: the sum of the differences of classes, in units of 2⁻³⁰. Sums of different classes are added one by one. */
    public long[] differences(int property) {
        return differences[property];
    }

    /** How many classes stand behind it. */
    public int classes(int property) {
        return classes[property];
    }

    /** The direction that such sums come to; zero without classes. */
    static float[] direction(long[] differences, int classes) {
        float[] direction = new float[differences.length];
        for (int i = 0; i < direction.length; i++) {
            direction[i] = classes == 0 ? 0 : (float) (UNIT * differences[i] / classes);
        }

        return direction;
    }

    private static long whole(double value) {
        return (long) Math.rint(Math.max(-LARGEST, Math.min(LARGEST, value)) / UNIT);
    }
}
