package dev.tapetum.report;

import dev.tapetum.image.RgbImage;
import dev.tapetum.table.AttributionRow;
import dev.tapetum.table.PredictionRow;
import java.util.List;

/**
 * One image with what the model said about it and why.
 *
 * @param prediction what the model said
 * @param picture the image as the model saw it, resized and cropped, because that is the frame of the maps
 * @param attributions what each method said, in the order of the plan
 */
public record ImageExample(PredictionRow prediction, RgbImage picture, List<AttributionRow> attributions) {
    public ImageExample {
        attributions = List.copyOf(attributions);
    }
}
