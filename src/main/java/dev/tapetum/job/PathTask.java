package dev.tapetum.job;

import dev.tapetum.image.DecodeLimits;
import dev.tapetum.image.ImageDecoder;
import dev.tapetum.image.PlanarImage;
import dev.tapetum.image.RejectedImageException;
import dev.tapetum.job.source.IndexedImage;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Device;
import dev.tapetum.table.PrototypeRow;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Judges the classes of one task, one after the other: their images make a mean path, and held-out images and drawings are held
 * against it.
 *
 * @param images how to get at images and model
 */
record PathTask(TokenSource images, ModelCard card, String runId, Progress.Counters counters)
        implements MapPartitionsFunction<PathItem, PrototypeRow> {

    /** @param items by class, side and place */
    @Override
    public Iterator<PrototypeRow> call(Iterator<PathItem> items) {
        if (!items.hasNext()) {
            return List.<PrototypeRow>of().iterator();
        }

        ImagePreparation preparation = images.preparation();
        DecodeAhead<PathItem, PathRows.Ready> ready =
                new DecodeAhead<>(items, item -> ready(item, preparation), Paths.IMAGES);
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) done -> ready.close());
        Device device = images.newDevice(counters);
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) done -> device.close());
        Paths paths = new Paths(card.taps(), device, counters.evaluations()::add);
        return new PathRows(ready, paths, runId, counters::count);
    }

    private PathRows.Ready ready(PathItem item, ImagePreparation preparation) {
        IndexedImage image = item.image();
        DrawnRow drawn = item.drawn();
        if (drawn != null) {
            return new PathRows.Ready(item.classIndex(), Side.of(item.side()), drawn, pixels(drawn, card.input()));
        }

        DecodedImage decoded = image == null
                ? null
                : preparation.prepare(image.withSeries(edited -> false)).image();
        return new PathRows.Ready(
                item.classIndex(), Side.of(item.side()), null, decoded == null ? null : decoded.pixels());
    }

    /** A drawing is judged as its picture shows it, whose pixels are those that its logit was asked of. */
    static float[] pixels(DrawnRow drawn, InputSpec input) {
        try {
            return input.normalised(PlanarImage.of(ImageDecoder.decode(drawn.png(), DecodeLimits.DEFAULT)));
        } catch (RejectedImageException e) {
            throw new IllegalStateException("A picture of class " + drawn.className() + " cannot be read", e);
        }
    }
}
