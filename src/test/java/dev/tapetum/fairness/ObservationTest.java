package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ObservationTest {
    @Test
    void theClusterIsTheUnitWhereThereIsOne() {
        assertThat(Observation.rejected("i", "patient", Map.of(), 0).unit()).isEqualTo("patient");
        assertThat(Observation.rejected("i", null, Map.of(), 0).unit()).isEqualTo("i");
    }

    @Test
    void aScoredImageHasAPredictionAndAConfidenceThatIsAProbability() {
        assertThatThrownBy(() -> Observation.scored("i", null, Map.of(), 0, -1, 0.5, Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Observation.scored("i", null, Map.of(), 0, 1, 1.5, Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Observation.scored("i", null, Map.of(), -1, 1, Double.NaN, Map.of())
                        .confidence())
                .isNaN();
    }
}
