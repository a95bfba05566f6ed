package dev.tapetum.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.image.PixelMeasure;
import dev.tapetum.image.PlanarImage;
import dev.tapetum.image.corruption.CorruptionKind;
import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.Seeds;
import dev.tapetum.probe.Stimulus;
import dev.tapetum.spec.CanonicalText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CorruptionTest {
    private static final InputSpec INPUT =
            new InputSpec(3, 40, 32, List.of(0.5f, 0.4f, 0.3f), List.of(0.2f, 0.25f, 0.3f));

    @ParameterizedTest
    @EnumSource(CorruptionKind.class)
    void theStrengthsAreTheSeverities(CorruptionKind kind) {
        EditSequence sequence = new Corruption(kind).sequence(Canvas.of(image(), INPUT, 7));

        assertThat(sequence.edits()).extracting(Edit::strength).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
        assertThat(sequence.region()).isNull();
        for (int severity = 1; severity <= 5; severity++) {
            long seed = Seeds.of(7L, "corruption-" + new Corruption(kind).property(), severity);
            assertThat(sequence.edits().get(severity - 1).stimulus())
                    .isEqualTo(new Stimulus.Edited(Stimulus.ORIGINAL, kind.edit(severity, 40, 32, seed)));
        }
    }

    @Test
    void thePropertyIsTheKind() {
        Corruption corruption = new Corruption(CorruptionKind.GAUSSIAN_NOISE);

        assertThat(corruption.property()).isEqualTo("gaussian-noise");
        assertThat(CanonicalText.of(corruption)).isEqualTo("corruption(kind=gaussian-noise)");
    }

    @Test
    void everyImageAndSeverityHasItsOwnNoise() {
        Set<Stimulus> stimuli = new HashSet<>();
        for (long seed = 0; seed < 3; seed++) {
            for (Edit edit : new Corruption(CorruptionKind.FOG)
                    .sequence(Canvas.of(image(), INPUT, seed))
                    .edits()) {
                stimuli.add(edit.stimulus());
            }
        }

        assertThat(stimuli).hasSize(15);
    }

    /** What the gauge says must be so on an image that is not flat, and that white is not reached on everywhere. */
    @ParameterizedTest
    @EnumSource(CorruptionKind.class)
    void theGaugeMovesOnAtEveryStep(CorruptionKind kind) {
        float[] image = image();
        EditSequence sequence = new Corruption(kind).sequence(Canvas.of(image, INPUT, 7));
        Gauge gauge = sequence.gauge();
        if (gauge == null) {
            assertThat(kind).isNotIn(CorruptionKind.BRIGHTNESS, CorruptionKind.CONTRAST);
            return;
        }

        assertThat(gauge.measure())
                .isEqualTo(kind == CorruptionKind.BRIGHTNESS ? PixelMeasure.LUMINANCE : PixelMeasure.CONTRAST);
        double before = gauge.measure().of(INPUT.denormalised(image), null);
        for (Edit edit : sequence.edits()) {
            PlanarImage edited = INPUT.denormalised(edit.stimulus().render(image, INPUT));
            double after = gauge.measure().of(edited, null);
            assertThat(gauge.movedOn(before, after)).isTrue();
            before = after;
        }
    }

    private static float[] image() {
        float[] values = new float[INPUT.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.25 + 0.2 * Math.sin(i * 0.37));
        }

        return INPUT.normalised(new PlanarImage(3, 40, 32, values));
    }
}
