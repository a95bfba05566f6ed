package dev.tapetum.prototype.reading;

import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.Rectangle;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For each property the direction, at every site, in which images of a class with it lie from those without. Equality is by
 * identity of the arrays.
 *
 * @param properties in their order
 * @param ofProperties an array of {@link Sites#size()} per property
 */
public record Directions(Sites sites, List<Property> properties, List<float[]> ofProperties) implements Serializable {
    /** A property that is everywhere has no place. */
    private static final double LARGEST_PLACE = 0.25;

    private static final double HALF = 0.5;

    public Directions {
        properties = List.copyOf(properties);
        ofProperties = List.copyOf(ofProperties);
    }

    /**
     * From the sums of all classes.
     *
     * @param differences of each property, {@link DirectionSums#differences}, of all classes
     * @param classes of each property, {@link DirectionSums#classes}
     */
    public static Directions of(
            Sites sites, List<Property> properties, List<long[]> differences, int[] classes) {
        List<float[]> directions = new ArrayList<>();
        for (int p = 0; p < classes.length; p++) {
            directions.add(DirectionSums.direction(differences.get(p), classes[p]));
        }

        return new Directions(sites, properties, directions);
    }

    /**
     * How far an image lies in each direction: the scalar product at each site, all sites of the first property before those of the
     * second.
     *
     * @param image what the sites hold of it
     */
    public double[] scores(float[] image) {
        double[] scores = new double[ofProperties.size() * sites.count()];
        int score = 0;
        for (float[] direction : ofProperties) {
            for (int site = 0; site < sites.count(); site++) {
                double product = 0;
                int end = sites.start(site + 1);
                for (int i = sites.start(site); i < end; i++) {
                    product += (double) direction[i] * image[i];
                }

                scores[score++] = product;
            }
        }

        return scores;
    }

    /** The place of each property, null for one that has none. */
    public List<@Nullable Rectangle> places(InputSpec input) {
        List<@Nullable Rectangle> places = new ArrayList<>();
        for (int p = 0; p < ofProperties.size(); p++) {
            places.add(place(p, input));
        }

        return places;
    }

    /**
     * Where in the picture a property shows: the pixels in which its direction, summed over the channels without signs, is more than
     * half as long as where it is longest, and the rectangle around them.
     *
     * @return null where that is more than a quarter of the picture, or the direction is zero
     */
    @Nullable
    Rectangle place(int property, InputSpec input) {
        float[] direction = ofProperties.get(property);
        double[] lengths = new double[input.pixels()];
        double longest = 0;
        for (int pixel = 0; pixel < lengths.length; pixel++) {
            for (int c = 0; c < input.channels(); c++) {
                lengths[pixel] += Math.abs(direction[c * input.pixels() + pixel]);
            }

            longest = Math.max(longest, lengths[pixel]);
        }

        int top = input.height();
        int left = input.width();
        int bottom = 0;
        int right = 0;
        for (int pixel = 0; pixel < lengths.length; pixel++) {
            if (lengths[pixel] > HALF * longest) {
                int row = pixel / input.width();
                int column = pixel % input.width();
                top = Math.min(top, row);
                bottom = Math.max(bottom, row + 1);
                left = Math.min(left, column);
                right = Math.max(right, column + 1);
            }
        }

        return bottom == 0 || (bottom - top) * (double) (right - left) > LARGEST_PLACE * input.pixels()
                ? null
                : new Rectangle(top, left, bottom - top, right - left);
    }
}
