package dev.tapetum.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.image.PixelMeasure;
import dev.tapetum.image.PlanarImage;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.Painter;
import dev.tapetum.probe.Seeds;
import dev.tapetum.probe.Stimulus;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiffusionTest {

    private static final Diffusion EDITOR = new Diffusion(
            "editors/mini", "make it red", 1.01, 15, 8, 2.5, 20, PixelMeasure.REDNESS, Gauge.Trend.RISING);

    /** Paints nothing; it is only passed on. */
    private static final Painter PAINTER = commissions -> List.of();

    private static final Materials MATERIALS = new Materials() {

        @Override
        public PlanarImage picture(String path) {
            throw new AssertionError("a diffusion editor asks for no picture");
        }

        @Override
        public Painter painter(String path) {
            assertThat(path).isEqualTo("editors/mini");
            return PAINTER;
        }

        @Override
        public SteeredFeature feature(SaeFeature editor) {
            throw new AssertionError("a diffusion editor asks for no feature");
        }
    };

    private static Canvas canvas(long seed) {
        InputSpec input = InputSpec.raw(3, 2, 2);
        return new Canvas(new float[input.size()], input, null, List.of(), MATERIALS, seed);
    }

    @Test
    void everyStepIsTheSameCommissionAtAnotherTextGuidance() {
        EditSequence sequence = EDITOR.sequence(canvas(4));

        assertThat(sequence.edits()).hasSize(8);
        assertThat(sequence.edits().get(0).strength()).isEqualTo(1.01);
        assertThat(sequence.edits().get(7).strength()).isEqualTo(15);
        long seed = Seeds.of(4, "diffusion", 0);
        for (Edit edit : sequence.edits()) {
            assertThat(edit.stimulus())
                    .isEqualTo(new Stimulus.Painted(
                            Stimulus.ORIGINAL, PAINTER, "make it red", edit.strength(), 2.5, 20, seed));
        }

        assertThat(sequence.gauge()).isEqualTo(Gauge.rising(PixelMeasure.REDNESS));
        assertThat(sequence.region()).isNull();
    }

    @Test
    void imagesHaveSeedsOfTheirOwn() {
        assertThat(EDITOR.sequence(canvas(4)).edits())
                .isNotEqualTo(EDITOR.sequence(canvas(5)).edits());
    }

    @Test
    void withoutAMeasureNothingIsGauged() {
        Diffusion unmeasured =
                new Diffusion("editors/mini", "add a hat", 1.01, 15, 8, 2.5, 20, null, Gauge.Trend.RISING);
        assertThat(unmeasured.sequence(canvas(4)).gauge()).isNull();
        assertThat(unmeasured.property()).isEqualTo("add a hat");
    }

    @Test
    void whatAnInstructionTakesAwayFalls() {
        Diffusion darker = new Diffusion(
                "editors/mini", "darken it", 1.01, 15, 8, 2.5, 20, PixelMeasure.LUMINANCE, Gauge.Trend.FALLING);
        assertThat(darker.sequence(canvas(4)).gauge()).isEqualTo(Gauge.falling(PixelMeasure.LUMINANCE));
    }

    @Test
    void parametersOutOfRangeAreRefused() {
        assertRefused(() -> new Diffusion("", "a", 1, 15, 8, 2.5, 20, null, Gauge.Trend.RISING), "path must be");
        assertRefused(
                () -> new Diffusion("p", " ", 1, 15, 8, 2.5, 20, null, Gauge.Trend.RISING), "instruction must say");
        assertRefused(
                () -> new Diffusion("p", "a", -1, 15, 8, 2.5, 20, null, Gauge.Trend.RISING),
                "from and to lie between 0.0 and 100.0");
        assertRefused(() -> new Diffusion("p", "a", 1, 15, 2, 2.5, 20, null, Gauge.Trend.RISING), "steps is from 3");
        assertRefused(
                () -> new Diffusion("p", "a", 1, 15, 8, -0.5, 20, null, Gauge.Trend.RISING), "image-guidance must be");
        assertRefused(
                () -> new Diffusion("p", "a", 1, 15, 8, 2.5, 0, null, Gauge.Trend.RISING),
                "sampling-steps must be from 1");
    }

    private static void assertRefused(Runnable making, String message) {
        assertThatThrownBy(making::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
