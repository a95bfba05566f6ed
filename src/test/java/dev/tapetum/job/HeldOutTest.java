package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HeldOutTest {

    private static final List<String> IDS =
            IntStream.range(0, 10_000).mapToObj(i -> "photos/" + i + ".jpg").toList();

    /** A standard deviation of √(10,000 · 0.05 · 0.95) = 22 images. */
    @Test
    void theShareOfTheImagesIsHeldOutByTheirIdsAndTheSeed() {
        HeldOut heldOut = new HeldOut(7, 0.05);
        List<String> held = IDS.stream().filter(heldOut::has).toList();
        List<String> other = IDS.stream().filter(new HeldOut(8, 0.05)::has).toList();

        assertThat((double) held.size()).isCloseTo(500, within(4 * 22.0));
        assertThat(held).isEqualTo(IDS.stream().filter(heldOut::has).toList()).isNotEqualTo(other);
    }

    @Test
    void fewerOfThemAreSomeOfThem() {
        HeldOut heldOut = new HeldOut(7, 0.05);
        HeldOut some = heldOut.atMost(100, IDS.size());
        List<String> drawn = IDS.stream().filter(some::has).toList();

        assertThat((double) drawn.size()).isCloseTo(100, within(40.0));
        assertThat(drawn).allMatch(heldOut::has);
        assertThat(heldOut.atMost(1000, IDS.size())).isEqualTo(heldOut);
    }
}
