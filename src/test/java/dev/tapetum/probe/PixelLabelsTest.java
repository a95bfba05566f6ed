package dev.tapetum.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.model.InputSpec;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

final class PixelLabelsTest {

    private static final InputSpec INPUT = InputSpec.raw(2, 2, 3);
    private static final PixelLabels LABELS = PixelLabels.of(new int[] {4, 4, 0, 4, 2, 2});

    @Test
    void segmentsAreNumberedByTheirFirstPixels() {
        assertThat(LABELS.count()).isEqualTo(3);
        assertThat(new int[] {LABELS.size(0), LABELS.size(1), LABELS.size(2)}).containsExactly(3, 1, 2);
        assertThat(LABELS.of(2)).isEqualTo(1);
        assertThat(LABELS).isEqualTo(PixelLabels.of(new int[] {0, 0, 1, 0, 5, 5}));
        assertThat(LABELS).isNotEqualTo(PixelLabels.of(new int[] {0, 0, 1, 0, 0, 0}));
    }

    @Test
    void theChosenSegmentsAreReplacedInAllChannels() {
        float[] image = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        Stimulus masked =
                new Stimulus.Masked(Stimulus.ORIGINAL, new Stimulus.Pixels(new float[12]), LABELS.segments(set(0, 1)));

        assertThat(masked.render(image, INPUT)).containsExactly(0, 0, 0, 0, 5, 6, 0, 0, 0, 0, 11, 12);
    }

    @Test
    void aRegionStaysWhatItWasWhenTheSetChanges() {
        BitSet chosen = set(1);
        Region region = LABELS.segments(chosen);
        chosen.set(2);

        assertThat(region).isEqualTo(LABELS.segments(set(1))).isNotEqualTo(LABELS.segments(set(1, 2)));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> LABELS.segments(set(3))).hasMessage("Segment 3 of 3, counted from 0");
        assertThatThrownBy(() -> LABELS.segments(set(0)).paint(new float[9], 0, InputSpec.raw(1, 3, 3)))
                .hasMessage("Segments of 6 pixels in an image of 3x3");
    }

    private static BitSet set(int... members) {
        BitSet set = new BitSet();
        for (int member : members) {
            set.set(member);
        }

        return set;
    }
}
