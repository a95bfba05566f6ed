package dev.tapetum.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SeedsTest {

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
}
