package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Toys;
import dev.tapetum.probe.Stimulus;
import org.junit.jupiter.api.Test;

/** The first channel's mean is 0.5 and its std 0.25, the second's 0.4 and 0.2. */
final class BaselineTest {

    private static final ModelCard CARD = Toys.card(Toys.linear());
    private static final float[] IMAGE = Toys.image(1);

    @Test
    void blackAndWhiteAreTheEndsOfTheScale() {
        float[] black = render(new Baseline.Black(), 1);
        float[] white = render(new Baseline.White(), 1);

        assertThat(black[0]).isEqualTo(-2);
        assertThat(black[16]).isCloseTo(-2, within(1e-6f));
        assertThat(black[32]).isCloseTo(-0.6f, within(1e-6f));
        assertThat(white[0]).isEqualTo(2);
        assertThat(white[16]).isCloseTo(3, within(1e-6f));
        assertThat(white[32]).isCloseTo(1.4f, within(1e-6f));
    }

    @Test
    void theMeanIsZero() {
        assertThat(render(new Baseline.Mean(), 1)).containsOnly(0);
    }

    @Test
    void theBlurIsOfTheSubjectItself() {
        Subject noisy = Subject.of(IMAGE, 0, CARD, 1).changedTo(new Stimulus.UniformNoise(4));

        float[] blurred = new Baseline.Blur(0.7).of(noisy).render(IMAGE, Toys.INPUT);

        assertThat(blurred)
                .isEqualTo(new Stimulus.Blurred(new Stimulus.UniformNoise(4), 0.7).render(IMAGE, Toys.INPUT));
    }

    @Test
    void theNoiseIsAnotherForEveryImageAndTheSameForEveryMethod() {
        assertThat(render(new Baseline.Noise(), 1)).isEqualTo(render(new Baseline.Noise(), 1));
        assertThat(render(new Baseline.Noise(), 1)).isNotEqualTo(render(new Baseline.Noise(), 2));
    }

    /** Black is at −2 and white at 2 in the first channel, whose middle is 0: all that is positive is farther from black. */
    @Test
    void theMaxDistanceIsTheOtherEndOfTheScale() {
        float[] farthest = render(new Baseline.MaxDistance(), 1);

        for (int i = 0; i < 16; i++) {
            assertThat(farthest[i]).isEqualTo(IMAGE[i] > 0 ? -2 : 2);
        }

        assertThat(farthest[16]).isEqualTo(IMAGE[16] > 0.5 ? render(new Baseline.Black(), 1)[16] : 3);
    }

    @Test
    void aBlurOfNothingIsRefused() {
        assertThatThrownBy(() -> new Baseline.Blur(0)).hasMessage("sigma is in pixels and above zero, not 0.0");
    }

    private static float[] render(Baseline baseline, long seed) {
        InputSpec input = Toys.INPUT;
        return baseline.of(Subject.of(IMAGE, 0, CARD, seed)).render(IMAGE, input);
    }
}
