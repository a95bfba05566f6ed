package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Toys;
import dev.tapetum.probe.Stimulus;
import java.util.List;
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
    void aSampleIsEachOfTheReferencesAsLikelyAndNeverTheImageItself() {
        List<float[]> references = List.of(Toys.image(5), IMAGE.clone(), Toys.image(6), Toys.image(7));
        int[] drawn = new int[4];
        for (int seed = 0; seed < 4000; seed++) {
            Subject subject = Subject.of(IMAGE, 0, CARD, seed).withReferences(references);
            float[] pixels = subject.render(new Baseline.Sample().of(subject));
            drawn[references.indexOf(pixels)]++;
        }

        // A quarter each, and the image's own for the next one: 1000 with a standard deviation of 27; five of them.
        assertThat(drawn[1]).isZero();
        assertThat(drawn[0]).isCloseTo(1000, within(137));
        assertThat(drawn[2]).isCloseTo(2000, within(158));
        assertThat(drawn[3]).isCloseTo(1000, within(137));
    }

    @Test
    void anImageThatIsTheOnlyReferenceIsItsOwnBaseline() {
        Subject subject = Subject.of(IMAGE, 0, CARD, 3).withReferences(List.of(IMAGE));

        assertThat(subject.render(new Baseline.Sample().of(subject))).isSameAs(IMAGE);
    }

    @Test
    void aSampleOfNothingIsAFault() {
        assertThatThrownBy(() -> render(new Baseline.Sample(), 1)).isInstanceOf(IllegalStateException.class);
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
