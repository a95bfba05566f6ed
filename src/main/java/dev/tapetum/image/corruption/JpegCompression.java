package dev.tapetum.image.corruption;

import dev.tapetum.image.DecodeLimits;
import dev.tapetum.image.ImageDecoder;
import dev.tapetum.image.ImageEncoder;
import dev.tapetum.image.PlanarImage;
import dev.tapetum.image.RejectedImageException;

/**
 * A JPEG file of low quality, written and read again: baseline, with colours at half of the resolution, as Pillow writes it by
 * default. The blocks are 8×8 pixels whatever the size of the image.
 *
 * <p>The quality is libjpeg's, from 1 to 100, which multiplies the standard tables by the whole percentage {@code ⌊5000/q⌋}
 * below 50 and {@code 200 − 2q} from there on. The JDK's encoder takes a number from 0 to 1 and multiplies by {@code 0.5/number}
 * or {@code 2 − 2·number}, without cutting it to whole per cents. So the number that means the same is {@code 50/⌊5000/q⌋} below
 * 50, and not q/100: 50/277 for 18, for example. With it, the pixels at all five severities are those of Pillow to the last
 * bit ({@code CorruptionFixturesTest}).
 */
public record JpegCompression(int quality) implements ImageCorruption {

    public JpegCompression {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("The quality of a JPEG file is from 1 to 100, not " + quality);
        }
    }

    @Override
    public PlanarImage corrupted(PlanarImage image) {
        byte[] file = ImageEncoder.jpeg(image.toRgb(), jdkQuality());
        try {
            PlanarImage read = PlanarImage.of(ImageDecoder.decode(file, DecodeLimits.DEFAULT));
            if (image.channels() == 3) {
                return read;
            }

            float[] grey = new float[image.pixels()];
            for (int i = 0; i < grey.length; i++) {
                grey[i] = Plane.cutOff(Grey.of(read, i));
            }

            return image.with(grey);
        } catch (RejectedImageException e) {
            throw new IllegalStateException("Our own JPEG file cannot be read", e);
        }
    }

    /** What to tell the JDK's encoder. */
    double jdkQuality() {
        int percentage = 5000 / quality;
        return quality < 50 ? 50.0 / percentage : quality / 100.0;
    }
}
