package dev.tapetum.intervention;

import dev.tapetum.image.PlanarImage;
import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.PixelLabels;
import dev.tapetum.probe.Region;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image that is to be edited, with what is known of it.
 *
 * @param image normalised values; never written to
 * @param mask per pixel whether it lies in the image's mask; null without one
 * @param series the edited images of it that the user has
 * @param seed of this image in this run
 */
public record Canvas(
        float[] image, InputSpec input, boolean @Nullable [] mask, List<Shown> series, Materials materials, long seed) {

    public Canvas {
        series = List.copyOf(series);
    }

    /**
     * An edited image that the user has.
     *
     * @param series the editor that it is a step of
     * @param pixels normalised values
     */
    public record Shown(Series series, double strength, float[] pixels) {}

    /** An image with nothing known of it. */
    public static Canvas of(float[] image, InputSpec input, long seed) {
        return new Canvas(image, input, null, List.of(), Materials.NONE, seed);
    }

    /** The same image with a mask. */
    public Canvas masked(boolean[] inside) {
        return new Canvas(image, input, inside, series, materials, seed);
    }

    /** The image before its normalisation. */
    public PlanarImage picture() {
        return input.denormalised(image);
    }

    /** The pixels inside the mask, or those outside; null when there are none of them, or no mask. */
    @Nullable
    Region part(boolean inside) {
        boolean[] own = mask;
        if (own == null) {
            return null;
        }

        int[] marks = new int[own.length];
        for (int i = 0; i < marks.length; i++) {
            marks[i] = own[i] == inside ? 1 : 0;
        }

        PixelLabels labels = PixelLabels.of(marks);
        BitSet chosen = new BitSet();
        for (int i = 0; i < marks.length; i++) {
            if (marks[i] == 1) {
                chosen.set(labels.of(i));
                return labels.segments(chosen);
            }
        }

        return null;
    }
}
