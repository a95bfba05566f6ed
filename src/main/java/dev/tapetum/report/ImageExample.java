package dev.tapetum.report;

import dev.tapetum.image.RgbImage;
import dev.tapetum.table.AttributionRow;
import dev.tapetum.table.PredictionRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One image with what the model said about it and why.
 *
 * @param prediction what the model said
 * @param picture the image as the model saw it, resized and cropped, because that is the frame of the maps; null when it
 *     cannot be drawn any more, and then the maps are not either
 * @param attributions what each method said, in the order of the plan
 */
public record ImageExample(
        PredictionRow prediction, @Nullable RgbImage picture, List<AttributionRow> attributions) {
    public ImageExample {
        attributions = List.copyOf(attributions);
    }
}
