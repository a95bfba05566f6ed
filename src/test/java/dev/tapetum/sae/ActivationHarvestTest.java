package dev.tapetum.sae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.Tap;
import dev.tapetum.model.Toys;
import dev.tapetum.model.TwoLayerReluModel;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Cost;
import dev.tapetum.probe.HostDevice;
import dev.tapetum.probe.Outcome;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.probe.Seeds;
import dev.tapetum.sae.ActivationHarvest.Tokens;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ActivationHarvestTest {

    private static final TwoLayerReluModel TOY = Toys.tokens();

    @Test
    void whatIsTakenIsWhatTheTapHasThere() {
        Outcome<Tokens> outcome = outcome(new ActivationHarvest(TOY.tap(), 2).program(7));

        Tokens taken = outcome.result();
        float[] activation = TOY.activations(TOY.tap(), new float[][] {Toys.image(3)})[0];
        assertThat(taken.positions()).hasSize(2).isSorted().doesNotHaveDuplicates();
        assertThat(taken.values()).containsExactly(TOY.tap().tokens(activation, taken.positions()));
        assertThat(outcome.cost()).isEqualTo(new Cost(1, 1, 0, 0));
    }

    @Test
    void aGridWithNoMoreTokensIsTakenWhole() {
        for (int tokens : new int[] {4, 5, 1000}) {
            Tokens taken =
                    outcome(new ActivationHarvest(TOY.tap(), tokens).program(7)).result();

            assertThat(taken.positions()).containsExactly(0, 1, 2, 3);
            assertThat(taken.values()).hasSize(4 * TOY.tap().channels());
        }
    }

    @Test
    void theSameSeedTakesTheSamePositions() {
        ActivationHarvest harvest = new ActivationHarvest(TOY.tap(), 1);
        int[] once = outcome(harvest.program(11)).result().positions();

        assertThat(outcome(harvest.program(11)).result().positions()).containsExactly(once);
    }

    /**
     * Each pair of positions is drawn with probability 1/6: of 4000 images some 667 have it, with a standard deviation of
     * √(4000 · 1/6 · 5/6) = 24.
     */
    @Test
    void everySetOfPositionsIsEquallyLikely() {
        int[] pairs = new int[16];
        for (int image = 0; image < 4000; image++) {
            int[] drawn = outcome(new ActivationHarvest(TOY.tap(), 2).program(Seeds.of(1, "image " + image)))
                    .result()
                    .positions();
            pairs[4 * drawn[0] + drawn[1]]++;
        }

        for (int pair : new int[] {1, 2, 3, 6, 7, 11}) {
            assertThat(pairs[pair]).isCloseTo(667, within(4 * 24));
        }
    }

    @Test
    void aHarvestOfNothingIsRefused() {
        Tap tap = TOY.tap();

        assertThatThrownBy(() -> new ActivationHarvest(tap, 0))
                .hasMessage("A harvest takes at least one token of an image, not 0");
    }

    private static Outcome<Tokens> outcome(Program<Tokens> program) {
        Iterator<Admission<Tokens>> one =
                List.of(new Admission<>(Toys.image(3), () -> program)).iterator();
        return new Scheduler(new HostDevice(TOY), 4).run(one).next();
    }
}
