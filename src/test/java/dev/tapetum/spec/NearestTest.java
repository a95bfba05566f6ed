package dev.tapetum.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> KEYS = List.of("tolerance", "max-steps", "baseline", "steps", "id");

    @ParameterizedTest
    @CsvSource({
        "tolerence, tolerance",
        "tolernace, tolerance",
        "maxSteps, max-steps",
        "MAX_STEPS, max-steps",
        "step, steps",
        "basline, baseline",
        "qseps, ",
        "di, "
    })
    void aWordIsNearWhenAtMostAThirdOfItWasEdited(String word, String nearest) {
        assertThat(Nearest.to(word, KEYS)).isEqualTo(nearest);
    }

    @Test
    void theNearestIsSuggested() {
        assertThat(Nearest.hint("tolerence", "keys", KEYS)).isEqualTo("; did you mean 'tolerance'?");
    }

    @Test
    void allAreListedWhenNoneIsNear() {
        assertThat(Nearest.hint("colour", "keys", KEYS))
                .isEqualTo("; known keys: tolerance, max-steps, baseline, steps, id");
    }

    @Test
    void thereMayBeNoneAtAll() {
        assertThat(Nearest.hint("colour", "keys", List.of())).isEqualTo("; there are no keys");
    }
}
