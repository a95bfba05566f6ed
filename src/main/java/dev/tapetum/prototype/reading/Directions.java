package dev.tapetum.prototype.reading;

import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.Rectangle;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For each property the direction, at every site, in which images of a class with it lie from those without. Equality is by
 * identity of the arrays.
 *
 * @param properties in their order
 * @param ofProperties an array of {@link Sites#size()} per property
 * @param places where each property shows in the picture; null for one that has no place
 */
public record Directions(
        Sites sites, List<Property> properties, List<float[]> ofProperties, List<@Nullable Rectangle> places)
        implements Serializable {
    /** A property that is everywhere has no place. */
    private static final double LARGEST_PLACE = 0.25;

    private static final double HALF = 0.5;

    public Directions {
        properties = List.copyOf(properties);
        ofProperties = List.copyOf(ofProperties);
        // A copy of the kind that may hold null.
        places = Collections.unmodifiableList(new ArrayList<>(places));
    }

    /** The directions, with the places that they tell of. */
    public static Directions of(Sites sites, List<Property> properties, List<float[]> ofProperties) {
        List<@Nullable Rectangle> places = new ArrayList<>();
        ofProperties.forEach(direction -> places.add(place(direction, sites.input())));
        return new Directions(sites, properties, ofProperties, places);
    }

    /**
     * From the sums of all classes.
     *
     * @param differences of each property, {@link DirectionSums#differences}, of all classes
     * @param classes of each property, {@link DirectionSums#classes}
     */
    public static Directions of(Sites sites, List<Property> properties, List<long[]> differences, int[] classes) {
        List<float[]> directions = new ArrayList<>();
        for (int p = 0; p < classes.length; p++) {
            directions.add(DirectionSums.direction(differences.get(p), classes[p]));
        }

        return of(sites, properties, directions);
    }

    /**
     * How far an image lies in each direction: the scalar product at each site, and that of the pixels of the property's place alone, 0
     * where it has none; all of the first property before those of the second.
     *
     * @param image what the sites hold of it
     */
    public double[] scores(float[] image) {
        double[] scores = new double[ofProperties.size() * sites.scores()];
        int score = 0;
        for (int p = 0; p < ofProperties.size(); p++) {
            float[] direction = ofProperties.get(p);
            for (int site = 0; site < sites.count(); site++) {
                scores[score++] = product(direction, image, sites.start(site), sites.start(site + 1));
            }

            Rectangle place = places.get(p);
            scores[score++] = place == null ? 0 : inPlace(direction, image, place);
        }

        return scores;
    }

    private double inPlace(float[] direction, float[] image, Rectangle place) {
        InputSpec input = sites.input();
        double product = 0;
        for (int c = 0; c < input.channels(); c++) {
            for (int row = place.top(); row < place.bottom(); row++) {
                int start = c * input.pixels() + row * input.width();
                product += product(direction, image, start + place.left(), start + place.right());
            }
        }

        return product;
    }

    private static double product(float[] direction, float[] image, int start, int end) {
        double product = 0;
        for (int i = start; i < end; i++) {
            product += (double) direction[i] * image[i];
        }

        return product;
    }

    /**
     * Where in the picture a property shows: the pixels in which its direction, summed over the channels without signs, is more than
     * half as long as where it is longest, and the rectangle around them.
     *
     * @return null where that is more than a quarter of the picture, or the direction is zero
     */
    private static @Nullable Rectangle place(float[] direction, InputSpec input) {
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
