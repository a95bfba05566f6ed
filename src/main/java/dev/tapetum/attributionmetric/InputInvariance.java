package dev.tapetum.attributionmetric;

import dev.tapetum.attribution.FullGrad;
import dev.tapetum.attribution.Subject;
import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Stimulus;
import dev.tapetum.spec.RecordParts;
import java.util.List;

/**
 * Whether the attribution stays the same when every pixel is shifted by the same amount and the model's first bias takes the
 * shift back, so that the model answers as before: 0 is invariant. What else it is, is what the method makes of the place of
 * zero, as do those that multiply by the input or start from a fixed colour.
 *
 * <p>{@code ‖a_{F'}(x + m) − a_F(x)‖ / ‖a_F(x)‖} with {@code F'(z) = F(z − m)}. Kindermans et al. 2019 ("The
 * (un)reliability of saliency methods", arXiv 1711.00867, section 2). The model is not changed: the method is asked about x +
 * m, and each of its questions about an input z is put to the model at z − m. Costs the method once more. NaN for an
 * attribution of zeros, and for a method that has full-grad in it: the biases that it adds would have to be those of F', and
 * a bundle only knows those of F, with which every shift would look invariant.
 *
 * @param shift what is added to every value, on the [0, 1] scale of pixels
 */
public record InputInvariance(double shift) implements AttributionMetric {

    public InputInvariance {
        if (!(Math.abs(shift) > 0)) {
            throw new IllegalArgumentException("shift is not zero");
        }
    }

    @Override
    public Program<List<Reading>> program(Explanation explanation) {
        if (RecordParts.contain((Record) explanation.method(), FullGrad.class)) {
            return Program.done(Reading.of(Double.NaN));
        }

        Subject subject = explanation.subject();
        float[] moved = moved(subject.render(subject.stimulus()), explanation.input());
        Subject other = new Subject(
                Stimulus.ORIGINAL,
                subject.target(),
                subject.model(),
                subject.range(),
                subject.seed(),
                moved,
                subject.references());
        float[] own = explanation.attribution().values().values();
        return new ShiftedProgram<>(
                        explanation.method().program(other), moved, levels(explanation.input()), explanation.input())
                .map(attribution -> Reading.of(
                        MaxSensitivity.relativeDistance(attribution.values().values(), own)));
    }

    private float[] moved(float[] pixels, InputSpec input) {
        float[] levels = levels(input);
        float[] moved = pixels.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += levels[i / input.pixels()];
        }

        return moved;
    }

    /** The shift in normalised units, per channel. */
    private float[] levels(InputSpec input) {
        float[] levels = new float[input.channels()];
        for (int c = 0; c < levels.length; c++) {
            levels[c] = (float) (shift / input.std().get(c));
        }

        return levels;
    }
}
