package dev.tapetum.image.corruption;

import dev.tapetum.image.PixelEdit;
import dev.tapetum.image.PlanarImage;

/**
 * A corruption at one strength. All of them take images of three channels, which are red, green and blue, and images of one,
 * which is grey and is treated as a colour image whose channels are equal. No other image has the colours that they speak of.
 */
sealed interface ImageCorruption extends PixelEdit
        permits GaussianNoise,
                ShotNoise,
                ImpulseNoise,
                DefocusBlur,
                GlassBlur,
                MotionBlur,
                ZoomBlur,
                Snow,
                Frost,
                Fog,
                Brightness,
                Contrast,
                Elastic,
                Pixelate,
                JpegCompression {

    /** The corrupted image, of an image of one or three channels. */
    PlanarImage corrupted(PlanarImage image);

    @Override
    default PlanarImage apply(PlanarImage image) {
        if (image.channels() != 1 && image.channels() != 3) {
            throw new IllegalArgumentException(
                    "A corruption is of images with 1 channel (grey) or 3 (RGB), not " + image.channels());
        }

        return corrupted(image);
    }
}
