package dev.tapetum.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.model.InputSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StimulusTest {

    /** Two channels of 2×3 pixels, with black at −2 and −1 and white at 2 and 3. */
    private static final InputSpec INPUT = new InputSpec(2, 2, 3, List.of(0.5f, 0.25f), List.of(0.25f, 0.25f));

    private static final float[] IMAGE = {1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60};

    @Test
    void theOriginalIsTheImage() {
        assertThat(Stimulus.ORIGINAL.render(IMAGE, INPUT)).isSameAs(IMAGE);
    }

    @Test
    void aSolidHasOneLevelPerChannel() {
        assertThat(new Stimulus.Solid(INPUT.level(0)).render(IMAGE, INPUT))
                .containsExactly(-2, -2, -2, -2, -2, -2, -1, -1, -1, -1, -1, -1);
    }

    @Test
    void aBlendLiesOnTheLineBetweenTwoStimuli() {
        Stimulus zero = new Stimulus.Solid(List.of(0f, 2f));

        assertThat(new Stimulus.Blend(zero, Stimulus.ORIGINAL, 0.5).render(IMAGE, INPUT))
                .containsExactly(0.5f, 1, 1.5f, 2, 2.5f, 3, 6, 11, 16, 21, 26, 31);
        assertThat(new Stimulus.Blend(zero, Stimulus.ORIGINAL, 0).render(IMAGE, INPUT))
                .containsExactly(0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2);
        assertThat(new Stimulus.Blend(zero, Stimulus.ORIGINAL, 1).render(IMAGE, INPUT))
                .isEqualTo(IMAGE);
    }

    @Test
    void aNoisyStimulusAddsTheWindowThatItsSeedNames() {
        NoiseField field = NoiseField.standardNormal(INPUT.size());
        int start = field.offset(99, INPUT.size());

        float[] noisy = new Stimulus.Noisy(Stimulus.ORIGINAL, 0.5, 99).render(IMAGE, INPUT);

        for (int i = 0; i < noisy.length; i++) {
            assertThat(noisy[i]).isEqualTo(IMAGE[i] + 0.5f * field.value(start + i));
        }
    }

    /** Channel 0 lies between −2 and 2, channel 1 between −1 and 3; 0 and 1 are the middles. */
    @Test
    void theFarthestIsTheOtherEndOfEachChannel() {
        float[] image = {-1, 0, 1, -3, 2, 0.5f, -1, 0, 1, 1.5f, 3, 4};

        assertThat(new Stimulus.Farthest(Stimulus.ORIGINAL).render(image, INPUT))
                .containsExactly(2, 2, -2, 2, -2, -2, 3, 3, 3, -1, -1, -1);
    }

    @Test
    void pixelsAreTheirArrayAndEqualOnlyToItself() {
        Stimulus pixels = new Stimulus.Pixels(IMAGE);

        assertThat(pixels.render(new float[12], INPUT)).isSameAs(IMAGE);
        assertThat(pixels).isEqualTo(new Stimulus.Pixels(IMAGE)).hasSameHashCodeAs(new Stimulus.Pixels(IMAGE));
        assertThat(pixels).isNotEqualTo(new Stimulus.Pixels(IMAGE.clone()));
        assertThatThrownBy(() -> new Stimulus.Pixels(new float[3]).render(IMAGE, INPUT))
                .hasMessage("3 floats for an input of 12");
    }

    @Test
    void aMaskedStimulusIsFilledInsideItsRectangleInAllChannels() {
        Stimulus masked = new Stimulus.Masked(
                Stimulus.ORIGINAL, new Stimulus.Solid(List.of(-1f, -2f)), new Rectangle(0, 1, 2, 2));

        assertThat(masked.render(IMAGE, INPUT)).containsExactly(1, -1, -1, 4, -1, -1, 10, -2, -2, 40, -2, -2);
    }

    @Test
    void aRectangleBeyondTheImageIsRefused() {
        Stimulus masked = new Stimulus.Masked(Stimulus.ORIGINAL, Stimulus.ORIGINAL, new Rectangle(0, 2, 1, 2));

        assertThatThrownBy(() -> masked.render(IMAGE, INPUT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Rectangle[top=0, left=2, height=1, width=2] reaches beyond an image of 2x3");
    }

    @Test
    void aBlurredStimulusIsBlurredPerChannel() {
        float[] blurred = new Stimulus.Blurred(new Stimulus.Solid(List.of(3f, 7f)), 2).render(IMAGE, INPUT);

        assertThat(blurred).containsExactly(3, 3, 3, 3, 3, 3, 7, 7, 7, 7, 7, 7);
    }

    @Test
    void uniformNoiseLiesBetweenBlackAndWhiteOfEachChannel() {
        InputSpec large = new InputSpec(2, 100, 100, INPUT.mean(), INPUT.std());

        float[] noise = new Stimulus.UniformNoise(3).render(new float[large.size()], large);

        double[] mean = new double[2];
        for (int i = 0; i < noise.length; i++) {
            int c = i / large.pixels();
            assertThat(noise[i]).isBetween(c == 0 ? -2f : -1f, c == 0 ? 2f : 3f);
            mean[c] += noise[i] / large.pixels();
        }

        // The standard deviation of the mean of 10⁴ uniform values over a range of 4 is 0.0115.
        assertThat(mean[0]).isBetween(-0.05, 0.05);
        assertThat(mean[1]).isBetween(0.95, 1.05);
    }

    @Test
    void noiseIsAFunctionOfItsSeed() {
        assertThat(new Stimulus.UniformNoise(3).render(IMAGE, INPUT))
                .isEqualTo(new Stimulus.UniformNoise(3).render(IMAGE, INPUT))
                .isNotEqualTo(new Stimulus.UniformNoise(4).render(IMAGE, INPUT));
    }

    @Test
    void renderingNeverWritesToTheImage() {
        float[] image = IMAGE.clone();
        Stimulus masked = new Stimulus.Masked(
                Stimulus.ORIGINAL, new Stimulus.Blurred(Stimulus.ORIGINAL, 1), new Rectangle(0, 0, 1, 1));
        Stimulus noisy = new Stimulus.Noisy(Stimulus.ORIGINAL, 1, 1);

        new Stimulus.Blend(noisy, masked, 0.5).render(image, INPUT);

        assertThat(image).isEqualTo(IMAGE);
    }

    @Test
    void equalStimuliAreOneQuestion() {
        Stimulus one = new Stimulus.Masked(
                new Stimulus.Blend(new Stimulus.Solid(List.of(0f, 0f)), Stimulus.ORIGINAL, 0.1),
                new Stimulus.Noisy(new Stimulus.Original(), 0.5, 1),
                new Rectangle(0, 0, 1, 1));
        Stimulus other = new Stimulus.Masked(
                new Stimulus.Blend(new Stimulus.Solid(List.of(0f, 0f)), new Stimulus.Original(), 0.1),
                new Stimulus.Noisy(Stimulus.ORIGINAL, 0.5, 1),
                new Rectangle(0, 0, 1, 1));

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    }

    @Test
    void impossibleParametersAreRefused() {
        assertThatThrownBy(() -> new Stimulus.Noisy(Stimulus.ORIGINAL, Double.NaN, 0))
                .hasMessage("Noise needs a sigma of zero or more, not NaN");
        assertThatThrownBy(() -> new Stimulus.Blurred(Stimulus.ORIGINAL, 0))
                .hasMessage("A blur needs a sigma above zero, not 0.0");
        assertThatThrownBy(() -> new Rectangle(0, -1, 2, 2))
                .hasMessage("Not a rectangle of pixels: top 0, left -1, 2x2");
        assertThatThrownBy(() -> new Fetch(List.of(), null)).hasMessage("A fetch needs at least one slot");
        assertThatThrownBy(() -> new Question(Probe.logits(Stimulus.ORIGINAL), null, List.of(Contribution.of(0, 1))))
                .hasMessageStartingWith(
                        "Only an input gradient or a rule's field has a derivative and contributions: ");
    }
}
