package dev.tapetum.report;

import dev.tapetum.image.ImageEncoder;
import dev.tapetum.image.Interpolation;
import dev.tapetum.image.Resampler;
import dev.tapetum.image.RgbImage;
import java.util.Base64;

/**
 * Makes pictures small enough for a page and puts them into it.
 *
 * @param longestSide of a picture, in pixels
 */
record Thumbnails(int longestSide) {
    private static final double QUALITY = 0.85;
    private static final String DATA_URI = "data:image/jpeg;base64,";

    /** The picture itself, or smaller when it is larger than a page has use for. */
    RgbImage of(RgbImage picture) {
        int longest = Math.max(picture.width(), picture.height());

        if (longest <= longestSide) {
            return picture;
        }

        int width = Math.max(1, Math.round((float) picture.width() * longestSide / longest));
        int height = Math.max(1, Math.round((float) picture.height() * longestSide / longest));

        return Resampler.resize(picture, width, height, Interpolation.BILINEAR);
    }

    /** The picture as the source of an {@code img} that needs no network. */
    static String uri(RgbImage picture) {
        return DATA_URI + Base64.getEncoder().encodeToString(ImageEncoder.jpeg(picture, QUALITY));
    }
}
