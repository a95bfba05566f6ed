package dev.tapetum.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PreprocessingTest {
    private static final RgbImage SOURCE = Fixtures.png("resize/source.png");
    private static final PerChannel MEAN = new PerChannel(0.485, 0.456, 0.406);
    private static final PerChannel STD = new PerChannel(0.229, 0.224, 0.225);

    /** The third one is smaller than its crop in both directions, with an odd border. */
    @ParameterizedTest
    @CsvSource({
        "shorter-side-32-to-28x28.png, 28, 28, 32, BILINEAR",
        "shorter-side-33-to-28x20.png, 28, 20, 33, BICUBIC",
        "shorter-side-20-to-24x31.png, 24, 31, 20, BILINEAR"
    })
    void framesAsTorchvisionDoes(String file, int width, int height, int side, Interpolation interpolation)
            throws RejectedImageException {
        Preprocessing preprocessing =
                preprocessing(width, height, new Resize.ShorterSide(side), Crop.CENTER, interpolation);

        assertThat(preprocessing.frame(SOURCE)).isEqualTo(Fixtures.png("resize/" + file));
    }

    @Test
    void stretchIsAPlainResize() throws RejectedImageException {
        Preprocessing stretch = preprocessing(31, 23, new Resize.Stretch(), Crop.NONE, Interpolation.BICUBIC);

        assertThat(stretch.frame(SOURCE)).isEqualTo(Fixtures.png("resize/bicubic-31x23.png"));
    }

    @Test
    void anImageOfAnotherSizeIsRejectedWhenNothingMayChangeIt() throws RejectedImageException {
        Preprocessing none = preprocessing(70, 43, new Resize.None(), Crop.NONE, Interpolation.BILINEAR);
        Preprocessing exact = preprocessing(71, 43, new Resize.None(), Crop.NONE, Interpolation.BILINEAR);

        RejectedImageException rejected = catchThrowableOfType(RejectedImageException.class, () -> none.frame(SOURCE));

        assertThat(rejected.reason()).isEqualTo(RejectReason.WRONG_SIZE);
        assertThat(rejected).hasMessage("71x43 pixels after resize none, the model takes 70x43");
        assertThat(exact.frame(SOURCE)).isEqualTo(SOURCE);
    }

    /** Half of a surplus of 1 is 0, half of 3 is 2: Python rounds half to even. */
    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "3, 2", "5, 2", "7, 4"})
    void halfOfAnOddSurplusIsRoundedToEven(int surplus, int skipped) throws RejectedImageException {
        byte[] rgb = new byte[3 * (4 + surplus)];

        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i / 3);
        }

        RgbImage framed = preprocessing(4, 1, new Resize.None(), Crop.CENTER, Interpolation.BILINEAR)
                .frame(new RgbImage(4 + surplus, 1, rgb));

        assertThat(framed.rgb()[0]).isEqualTo((byte) skipped);
    }

    /** Scaled whole, this image would have 256 x 25,600,000 pixels. */
    @Test
    void aLongThinImageCostsOnlyItsCrop() throws RejectedImageException {
        RgbImage thin = new RgbImage(1, 100_000, new byte[300_000]);

        assertThat(preprocessing(224, 224, new Resize.ShorterSide(256), Crop.CENTER, Interpolation.BICUBIC)
                        .frame(thin))
                .hasToString("RgbImage[224x224]");
    }

    @Test
    void anAbsurdShapeIsRejectedInsteadOfExhaustingTheMemory() {
        RgbImage thin = new RgbImage(1, 10_000_000, new byte[30_000_000]);
        Preprocessing shorterSide =
                preprocessing(224, 224, new Resize.ShorterSide(256), Crop.CENTER, Interpolation.BILINEAR);
        Preprocessing stretch = preprocessing(224, 224, new Resize.Stretch(), Crop.NONE, Interpolation.BILINEAR);

        for (Preprocessing preprocessing : new Preprocessing[] {shorterSide, stretch}) {
            RejectedImageException rejected =
                    catchThrowableOfType(RejectedImageException.class, () -> preprocessing.frame(thin));

            assertThat(rejected.reason()).isEqualTo(RejectReason.TOO_MANY_PIXELS);
        }
    }

    /** PyTorch: ((torch.tensor([[0, 128, 255]]) / 255) - mean) / std, in single precision, to the last bit. */
    @Test
    void normalisesPlaneByPlane() {
        Preprocessing two = preprocessing(2, 1, new Resize.Stretch(), Crop.NONE, Interpolation.BILINEAR);
        RgbImage image = new RgbImage(2, 1, new byte[] {0, (byte) 128, (byte) 255, (byte) 255, 0, (byte) 128});

        assertThat(two.normalise(image))
                .containsExactly(
                        (0f - 0.485f) / 0.229f,
                        (1f - 0.485f) / 0.229f,
                        (128 / 255f - 0.456f) / 0.224f,
                        (0f - 0.456f) / 0.224f,
                        (1f - 0.406f) / 0.225f,
                        (128 / 255f - 0.406f) / 0.225f);
    }

    @Test
    void refusesToNormaliseWhatWasNotFramed() {
        Preprocessing two = preprocessing(2, 1, new Resize.Stretch(), Crop.NONE, Interpolation.BILINEAR);

        assertThatIllegalArgumentException().isThrownBy(() -> two.normalise(SOURCE));
    }

    @Test
    void aMaskFollowsItsImage() throws RejectedImageException {
        // The right half of 8 x 4, of which the crop keeps columns 2 to 5.
        RgbImage mask = rightHalf(8, 4);
        Preprocessing preprocessing =
                preprocessing(4, 4, new Resize.ShorterSide(4), Crop.CENTER, Interpolation.BICUBIC);

        boolean[] inside = preprocessing.frameMask(mask, 8, 4);

        assertThat(Arrays.copyOf(inside, 4)).containsExactly(false, false, true, true);
        assertThat(inside).hasSize(16);
    }

    @Test
    void theBorderOfAFramedMaskIsOutside() throws RejectedImageException {
        Preprocessing preprocessing = preprocessing(6, 1, new Resize.None(), Crop.CENTER, Interpolation.BILINEAR);

        assertThat(preprocessing.frameMask(rightHalf(4, 1), 4, 1))
                .containsExactly(false, false, false, true, true, false);
    }

    @Test
    void aMaskOfAnotherSizeIsRejected() {
        Preprocessing preprocessing = preprocessing(4, 4, new Resize.Stretch(), Crop.NONE, Interpolation.BILINEAR);

        assertThatThrownBy(() -> preprocessing.frameMask(rightHalf(8, 4), 4, 8))
                .isInstanceOfSatisfying(
                        RejectedImageException.class,
                        e -> assertThat(e.reason()).isEqualTo(RejectReason.BAD_MASK))
                .hasMessage("The mask has 8x4 pixels, its image 4x8");
    }

    @Test
    void refusesAStandardDeviationOfZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Preprocessing(
                        1, 1, new Resize.None(), Crop.NONE, Interpolation.NEAREST, MEAN, new PerChannel(1, 0, 1)));
    }

    private static Preprocessing preprocessing(
            int width, int height, Resize resize, Crop crop, Interpolation interpolation) {
        return new Preprocessing(width, height, resize, crop, interpolation, MEAN, STD);
    }

    private static RgbImage rightHalf(int width, int height) {
        byte[] rgb = new byte[3 * width * height];

        for (int i = 0; i < width * height; i++) {
            rgb[3 * i + 2] = (byte) (i % width >= width / 2 ? 1 : 0);
        }

        return new RgbImage(width, height, rgb);
    }
}
