package dev.tapetum.prototype.reading;

import dev.tapetum.image.PlanarImage;
import dev.tapetum.probe.Rectangle;
import java.util.ArrayList;
import java.util.List;

/**
 * The mean colour of a picture in a place and outside of it.
 *
 * @param inside one number per channel, from 0 to 1
 * @param outside the same
 */
public record PlaceColours(List<Double> inside, List<Double> outside) {
    public PlaceColours {
        inside = List.copyOf(inside);
        outside = List.copyOf(outside);
    }

    /**
     * The mean colours of an image in a place and outside of it.
     *
     * @param image on the scale from 0 to 1; the place is not all of it
     */
    public static PlaceColours of(PlanarImage image, Rectangle place) {
        double area = (double) place.height() * place.width();
        List<Double> inside = new ArrayList<>();
        List<Double> outside = new ArrayList<>();
        for (int c = 0; c < image.channels(); c++) {
            double in = 0;
            double out = 0;
            for (int row = 0; row < image.height(); row++) {
                for (int column = 0; column < image.width(); column++) {
                    boolean within = row >= place.top()
                            && row < place.bottom()
                            && column >= place.left()
                            && column < place.right();
                    float value = image.at(c, row, column);
                    in += within ? value : 0;
                    out += within ? 0 : value;
                }
            }

            inside.add(in / area);
            outside.add(out / (image.pixels() - area));
        }

        return new PlaceColours(inside, outside);
    }

    /** The mean over several pictures of one place. */
    static PlaceColours mean(List<PlaceColours> pictures) {
        return new PlaceColours(
                mean(pictures.stream().map(PlaceColours::inside).toList(), pictures.size()),
                mean(pictures.stream().map(PlaceColours::outside).toList(), pictures.size()));
    }

    private static List<Double> mean(List<List<Double>> colours, int count) {
        List<Double> mean = new ArrayList<>();
        for (int c = 0; c < colours.get(0).size(); c++) {
            double sum = 0;
            for (List<Double> colour : colours) {
                sum += colour.get(c);
            }

            mean.add(sum / count);
        }

        return mean;
    }
}
