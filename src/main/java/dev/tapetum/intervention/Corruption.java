package dev.tapetum.intervention;

import dev.tapetum.image.PixelMeasure;
import dev.tapetum.image.corruption.CorruptionKind;
import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.Seeds;
import dev.tapetum.probe.Stimulus;
import dev.tapetum.spec.CanonicalText;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One corruption of ImageNet-C; the strengths are its severities, 1 to 5. What each does stands in {@link CorruptionKind}.
 *
 * <p>Brightness raises the luminance of every image that is not white already, and contrast lowers the contrast of every image
 * that has any. Nothing that is measured on pixels moves one way for every image under the others: even the kernels of the blurs
 * pass some frequencies better at a higher severity.
 */
public record Corruption(CorruptionKind kind) implements Editor {

    public Corruption {
        Objects.requireNonNull(kind, "kind");
    }

    /** The name of the kind, {@code gaussian-noise} for one. */
    @Override
    public String property() {
        return CanonicalText.value(kind);
    }

    @Override
    public EditSequence sequence(Canvas canvas) {
        List<Edit> edits = IntStream.rangeClosed(1, CorruptionKind.SEVERITIES)
                .mapToObj(severity -> edit(severity, canvas))
                .toList();

        return new EditSequence(edits, null, gauge());
    }

    private Edit edit(int severity, Canvas canvas) {
        InputSpec input = canvas.input();
        long seed = Seeds.of(canvas.seed(), "corruption-" + property(), severity);
        return new Edit(
                severity,
                new Stimulus.Edited(Stimulus.ORIGINAL, kind.edit(severity, input.height(), input.width(), seed)));
    }

    private @Nullable Gauge gauge() {
        return switch (kind) {
            case BRIGHTNESS -> Gauge.rising(PixelMeasure.LUMINANCE);
            case CONTRAST -> Gauge.falling(PixelMeasure.CONTRAST);
            case GAUSSIAN_NOISE,
                    SHOT_NOISE,
                    IMPULSE_NOISE,
                    DEFOCUS_BLUR,
                    GLASS_BLUR,
                    MOTION_BLUR,
                    ZOOM_BLUR,
                    SNOW,
                    FROST,
                    FOG,
                    ELASTIC,
                    PIXELATE,
                    JPEG -> null;
        };
    }
}
