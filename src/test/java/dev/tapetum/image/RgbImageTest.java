package dev.tapetum.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class RgbImageTest {
    @Test
    void equalPixelsMakeEqualImages() {
        RgbImage image = new RgbImage(2, 1, new byte[] {1, 2, 3, 4, 5, 6});

        assertThat(image)
                .isEqualTo(new RgbImage(2, 1, new byte[] {1, 2, 3, 4, 5, 6}))
                .hasSameHashCodeAs(new RgbImage(2, 1, new byte[] {1, 2, 3, 4, 5, 6}))
                .isNotEqualTo(new RgbImage(1, 2, new byte[] {1, 2, 3, 4, 5, 6}))
                .isNotEqualTo(new RgbImage(2, 1, new byte[] {1, 2, 3, 4, 5, 7}));
    }

    @Test
    void refusesAnArrayThatDoesNotFitItsSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RgbImage(2, 2, new byte[11]))
                .withMessage("An RGB image of 2x2 has 12 samples, not 11");
        assertThatIllegalArgumentException().isThrownBy(() -> new RgbImage(0, 2, new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> new DecodeLimits(1, RgbImage.MAX_PIXELS + 1));
    }
}
