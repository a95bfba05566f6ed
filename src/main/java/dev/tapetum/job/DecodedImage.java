package dev.tapetum.job;

import dev.tapetum.intervention.Canvas;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An image on its way to the model.
 *
 * @param labelIndex index of its label among the model's classes, or −1
 * @param attributes its groups, by attribute
 * @param pixels normalised planar floats of the model's input
 * @param mask per pixel of the model's input, whether it lies in the image's mask; null without a mask
 * @param series the edited images that the user has of it
 */
record DecodedImage(
        String imageId,
        int labelIndex,
        Map<String, String> attributes,
        float[] pixels,
        boolean @Nullable [] mask,
        List<Canvas.Shown> series) {

    /** An image of which nothing more is known. */
    DecodedImage(String imageId, int labelIndex, float[] pixels, boolean @Nullable [] mask) {
        this(imageId, labelIndex, Map.of(), pixels, mask, List.of());
    }
}
