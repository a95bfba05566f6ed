package dev.tapetum.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.spec.SplitMix64;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class SeedsTest {

    /** SplitMix64 from seed 1234567: the first outputs of the published algorithm, computed apart in Python integers. */
    @Test
    void theStreamIsSplitMix64() {
        SplitMix64 stream = Seeds.stream(1234567);

        assertThat(Long.toUnsignedString(stream.nextLong())).isEqualTo("6457827717110365317");
        assertThat(Long.toUnsignedString(stream.nextLong())).isEqualTo("3203168211198807973");
        assertThat(Long.toUnsignedString(stream.nextLong())).isEqualTo("9817491932198370423");
    }

    /** Golden: a change of these numbers changes every stored result. */
    @Test
    void seedsStayWhatTheyWere() {
        assertThat(Seeds.of(7, "photos/0001.jpg")).isEqualTo(2628867725928219174L);
        assertThat(Seeds.of(7L, "noise-cloud", 3)).isEqualTo(2754367250586202162L);
    }

    @Test
    void seedsTellImagesPurposesDrawsAndRunsApart() {
        Set<Long> seeds = new HashSet<>();
        for (int run = 0; run < 5; run++) {
            for (int image = 0; image < 20; image++) {
                long seed = Seeds.of(run, "image-" + image);
                for (int draw = 0; draw < 20; draw++) {
                    seeds.add(Seeds.of(seed, "noise-cloud", draw));
                    seeds.add(Seeds.of(seed, "noise-baseline", draw));
                }
            }
        }

        assertThat(seeds).hasSize(5 * 20 * 20 * 2);
    }

    /** The standard error of the mean of 100,000 uniforms is 0.0009; five of them are allowed. */
    @Property(tries = 20)
    void floatsAreUniform(@ForAll long seed) {
        SplitMix64 stream = Seeds.stream(seed);
        double sum = 0;
        for (int i = 0; i < 100_000; i++) {
            float value = stream.nextFloat();
            assertThat(value >= 0 && value < 1).isTrue();
            sum += value;
        }

        assertThat(sum / 100_000).isCloseTo(0.5, within(0.0046));
    }

    @Property(tries = 1000)
    void openDoublesAreNeverAnEnd(@ForAll long seed) {
        assertThat(Seeds.stream(seed).nextOpenDouble()).isGreaterThan(0).isLessThan(1);
    }
}
