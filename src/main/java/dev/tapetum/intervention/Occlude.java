package dev.tapetum.intervention;

import dev.tapetum.image.Colour;
import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.PixelRanking;
import dev.tapetum.probe.Region;
import dev.tapetum.probe.Stimulus;
import java.util.Objects;
import java.util.Set;

/**
 * A place of the image covered with a colour from its middle outwards; the strength is the covered share of its area.
 *
 * @param from at least 0, where nothing is covered
 * @param to at most 1, where all of it is
 */
public record Occlude(Place place, Colour colour, double from, double to, int steps) implements Editor {

    public Occlude {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(colour, "colour");
        new Strengths(from, to, steps).within(0, 1);
    }

    @Override
    public Set<Need> needs() {
        return place instanceof Place.Mask ? Set.of(Need.MASK) : Set.of();
    }

    @Override
    public EditSequence sequence(Canvas canvas) {
        Region region = place.region(canvas);
        if (region == null) {
            return EditSequence.NONE;
        }

        float[] inside = new float[canvas.input().pixels()];
        region.paint(inside, 0, canvas.input());
        PixelRanking outwards = outwards(inside, canvas.input());
        int area = 0;
        for (float share : inside) {
            area += share > 0 ? 1 : 0;
        }

        int covered = area;
        Stimulus fill = Colours.solid(colour, canvas.input());
        return new EditSequence(
                new Strengths(from, to, steps)
                        .edits(s -> new Stimulus.Masked(
                                Stimulus.ORIGINAL, fill, outwards.first((int) Math.round(s * covered)))),
                region,
                null);
    }

    /** The pixels of the region from its centre of mass outwards, and then all others. */
    private static PixelRanking outwards(float[] inside, InputSpec input) {
        double rows = 0;
        double columns = 0;
        double count = 0;
        for (int i = 0; i < inside.length; i++) {
            int row = i / input.width();
            if (inside[i] > 0) {
                rows += row;
                columns += i % input.width();
                count++;
            }
        }

        float[] nearness = new float[inside.length];
        for (int i = 0; i < inside.length; i++) {
            int row = i / input.width();
            double down = row - rows / count;
            double right = i % input.width() - columns / count;
            nearness[i] = inside[i] > 0 ? (float) -(down * down + right * right) : Float.NEGATIVE_INFINITY;
        }

        return PixelRanking.descending(nearness);
    }
}
