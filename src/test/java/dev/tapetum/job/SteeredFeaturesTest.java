package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.job.SteeredFeatures.Alive;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SteeredFeaturesTest {

    /** Feature j of a hundred is active in j + 1 images. */
    private static final List<Alive> ALIVE =
            IntStream.range(0, 100).mapToObj(j -> new Alive(j, j + 1, 1)).toList();

    /** The twenty nearest to 50 are 40 to 60 without itself; over 500 seeds each of them is drawn. */
    @Test
    void aFeatureIsHeldAgainstAnotherThatIsActiveInAboutAsManyImages() {
        List<Integer> drawn = LongStream.range(0, 500)
                .mapToObj(seed -> Objects.requireNonNull(SteeredFeatures.other(ALIVE, ALIVE.get(50), seed))
                        .feature())
                .distinct()
                .sorted()
                .toList();

        assertThat(drawn)
                .containsExactlyElementsOf(IntStream.rangeClosed(40, 60)
                        .filter(j -> j != 50)
                        .boxed()
                        .toList());
    }

    @Test
    void aFeatureThatIsAloneIsHeldAgainstNone() {
        assertThat(SteeredFeatures.other(ALIVE.subList(3, 4), ALIVE.get(3), 1)).isNull();
    }
}
