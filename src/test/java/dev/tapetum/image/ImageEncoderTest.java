package dev.tapetum.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ImageEncoderTest {
    private static final RgbImage IMAGE = Fixtures.png("resize/bilinear-110x70.png");

    @Test
    void aPngFileDecodesToTheSamePixels() throws RejectedImageException {
        assertThat(ImageDecoder.decode(ImageEncoder.png(IMAGE), DecodeLimits.DEFAULT))
                .isEqualTo(IMAGE);
    }

    /** At quality 0.9 the mean error of a picture with a patch of noise stays below 6 grey levels. */
    @Test
    void aJpegFileDecodesToSimilarPixels() throws RejectedImageException {
        RgbImage decoded = ImageDecoder.decode(ImageEncoder.jpeg(IMAGE, 0.9), DecodeLimits.DEFAULT);
        double sum = 0;

        for (int i = 0; i < IMAGE.rgb().length; i++) {
            sum += Math.abs((IMAGE.rgb()[i] & 0xFF) - (decoded.rgb()[i] & 0xFF));
        }

        assertThat(sum / IMAGE.rgb().length).isLessThan(6);
    }

    @Test
    void lessQualityTakesFewerBytes() {
        assertThat(ImageEncoder.jpeg(IMAGE, 0.3).length).isLessThan(ImageEncoder.jpeg(IMAGE, 0.9).length / 2);
    }
}
