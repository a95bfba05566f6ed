package dev.tapetum.probe;

import dev.tapetum.model.InputSpec;
import java.util.Objects;

/** The first {@code count} pixels of a ranking. */
public record RankedPixels(PixelRanking ranking, int count) implements Region {

    public RankedPixels {
        Objects.requireNonNull(ranking, "ranking");
        if (count < 0 || count > ranking.size()) {
            throw new IllegalArgumentException(count + " of a ranking of " + ranking.size() + " pixels");
        }
    }

    @Override
    public void paint(float[] mask, int start, InputSpec input) {
        for (int rank = 0; rank < count; rank++) {
            int pixel = ranking.pixel(rank);
            if (pixel >= input.pixels()) {
                throw new IllegalArgumentException(
                        "Pixel " + pixel + " is beyond an image of " + input.height() + "x" + input.width());
            }

            mask[start + pixel] = 1;
        }
    }
}
