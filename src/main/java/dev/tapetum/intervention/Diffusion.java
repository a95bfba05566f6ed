package dev.tapetum.intervention;

import dev.tapetum.image.PixelMeasure;
import dev.tapetum.model.Painter;
import dev.tapetum.probe.Seeds;
import dev.tapetum.probe.Stimulus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An instruction-guided diffusion model repaints the image, and the scale of its text guidance is the strength (Penzel and
 * Denzler 2025, arXiv 2503.05424, section 3): the larger it is, the more of what the instruction says. The noise that the
 * sampling starts from is the same at every strength, so that what differs between the steps is the instruction's doing.
 *
 * @param path folder of the editor's bundle, as {@code submit/export_editor.py} makes it
 * @param instruction what is to be done, which is also what the property is called
 * @param from the weakest text guidance; at 1 the model paints as it was trained, without guidance
 * @param to the strongest
 * @param imageGuidance how strongly the image is kept
 * @param samplingSteps of the sampler
 * @param measure what must move on the pixels; null when no measure says it
 * @param trend which way it must move
 */
public record Diffusion(
        String path,
        String instruction,
        double from,
        double to,
        int steps,
        double imageGuidance,
        int samplingSteps,
        @Nullable PixelMeasure measure,
        Gauge.Trend trend)
        implements Editor {

    private static final double STRONGEST = 100;
    private static final int MOST_SAMPLING_STEPS = 1000;

    public Diffusion {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(instruction, "instruction");
        Objects.requireNonNull(trend, "trend");
        if (path.isBlank()) {
            throw new IllegalArgumentException(
                    "path must be the folder of an editor that submit/export_editor.py has made");
        }

        if (instruction.isBlank()) {
            throw new IllegalArgumentException("instruction must say what is to be done, such as \"make it red\"");
        }

        new Strengths(from, to, steps).within(0, STRONGEST);
        if (!(imageGuidance >= 0 && imageGuidance <= STRONGEST)) {
            throw new IllegalArgumentException(
                    "image-guidance must be from 0 to " + STRONGEST + ", not " + imageGuidance);
        }

        if (samplingSteps < 1 || samplingSteps > MOST_SAMPLING_STEPS) {
            throw new IllegalArgumentException(
                    "sampling-steps must be from 1 to " + MOST_SAMPLING_STEPS + ", not " + samplingSteps);
        }
    }

    @Override
    public String property() {
        return instruction;
    }

    @Override
    public EditSequence sequence(Canvas canvas) {
        Painter painter = canvas.materials().painter(path);
        long seed = Seeds.of(canvas.seed(), "diffusion", 0);
        return new EditSequence(
                new Strengths(from, to, steps)
                        .edits(s -> new Stimulus.Painted(
                                Stimulus.ORIGINAL, painter, instruction, s, imageGuidance, samplingSteps, seed)),
                null,
                measure == null ? null : new Gauge(measure, trend));
    }
}
