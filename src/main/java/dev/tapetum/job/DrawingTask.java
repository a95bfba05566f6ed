package dev.tapetum.job;

import dev.tapetum.image.PlanarImage;
import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.Rectangle;
import dev.tapetum.prototype.reading.Directions;
import dev.tapetum.prototype.reading.Drawing;
import dev.tapetum.prototype.reading.PlaceColours;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/** How far drawings lie in the directions, their colours in and outside the places, and which features are active in them. */
record DrawingTask(ReadingSource source, Broadcast<Directions> directions)
        implements MapPartitionsFunction<DrawnRow, DrawingTask.Measured> {

    /**
     * One drawing, public for the encoder. Equality is by identity of the arrays.
     *
     * @param seed its number
     * @param colours of every property as many numbers inside its place as the input has channels, and as many outside; none for a
     *     property without a place
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Measured(
            int classIndex,
            String method,
            String methodName,
            int seed,
            double[] scores,
            List<List<Double>> colours,
            int[] features) {

        static List<List<Double>> colours(PlanarImage image, List<@Nullable Rectangle> places) {
            List<List<Double>> colours = new ArrayList<>();
            for (Rectangle place : places) {
                if (place == null) {
                    colours.add(List.of());
                } else {
                    PlaceColours both = PlaceColours.of(image, place);
                    colours.add(Stream.concat(both.inside().stream(), both.outside().stream())
                            .toList());
                }
            }

            return colours;
        }

        Drawing drawing() {
            List<@Nullable PlaceColours> ofProperties = new ArrayList<>();
            for (List<Double> both : colours) {
                int channels = both.size() / 2;
                ofProperties.add(
                        both.isEmpty()
                                ? null
                                : new PlaceColours(both.subList(0, channels), both.subList(channels, both.size())));
            }

            return new Drawing(classIndex, method, methodName, scores, ofProperties, features);
        }
    }

    /** @param drawn by class */
    @Override
    public Iterator<Measured> call(Iterator<DrawnRow> drawn) {
        if (!drawn.hasNext()) {
            return List.<Measured>of().iterator();
        }

        SiteReader reader = source.newReader(true);
        List<@Nullable Rectangle> places = directions.value().places();
        return new ByChunk<>(
                new ClassChunks<>(drawn, DrawnRow::classIndex, Paths.IMAGES), chunk -> measured(chunk, reader, places));
    }

    private List<Measured> measured(List<DrawnRow> chunk, SiteReader reader, List<@Nullable Rectangle> places) {
        InputSpec input = source.card().input();
        List<float[]> pixels =
                chunk.stream().map(one -> PathTask.pixels(one, input)).toList();
        List<SiteReader.@Nullable Seen> seen = reader.of(pixels);
        List<Measured> measured = new ArrayList<>();
        for (int i = 0; i < chunk.size(); i++) {
            SiteReader.Seen one = seen.get(i);
            if (one != null) {
                DrawnRow row = chunk.get(i);
                measured.add(new Measured(
                        row.classIndex(),
                        row.method(),
                        row.methodName(),
                        row.seed(),
                        directions.value().scores(one.values()),
                        Measured.colours(input.denormalised(pixels.get(i)), places),
                        one.features()));
            }
        }

        return measured;
    }
}
