package dev.tapetum.intervention;

import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.Region;
import org.jspecify.annotations.Nullable;

/**
 * Whether the steps of an intervention on one image did what they should, told from their pixels in the order of the
 * strengths. A step fails when
 *
 * <ul>
 *   <li>a value is not finite,
 *   <li>the image outside of the editor's region moved by more than {@value #MOST_OUTSIDE} of what it moved inside, or
 *   <li>the measured property did not move on from the last step that held: a picture that is white already becomes no brighter.
 * </ul>
 */
public final class EditCheck {

    /** An edit that moves the surroundings by a quarter of what it moves its subject is not about its subject alone. */
    static final double MOST_OUTSIDE = 0.25;

    private final float[] image;
    private final InputSpec input;
    private final float @Nullable [] region;
    private final @Nullable Gauge gauge;
    private double lastHeld = Double.NaN;

    EditCheck(Canvas canvas, EditSequence sequence) {
        this.image = canvas.image();
        this.input = canvas.input();
        this.region = painted(sequence.region(), input);
        this.gauge = sequence.gauge();
    }

    /**
     * How far an edit moved an image: root mean squares of the change of the values on the scale from 0 to 1.
     *
     * @param inside over the region that the editor may change
     * @param outside over the rest; NaN when there is none
     */
    public record Distance(double inside, double outside) {}

    /** What is seen on the pixels of one step. */
    record Seen(Distance distance, double measured, boolean valid) {}

    /** @param edited normalised values of the next stronger step */
    Seen next(float[] edited) {
        Distance distance = distance(edited);
        Gauge own = gauge;
        double measured = own == null ? Double.NaN : own.measure().of(input.denormalised(edited), region);
        boolean valid = Double.isFinite(distance.inside)
                && !(distance.outside > MOST_OUTSIDE * distance.inside)
                && (own == null || Double.isNaN(lastHeld) || own.movedOn(lastHeld, measured));
        if (valid) {
            lastHeld = measured;
        }

        return new Seen(distance, measured, valid);
    }

    private Distance distance(float[] edited) {
        double inside = 0;
        double outside = 0;
        double insideWeight = 0;
        int pixels = input.pixels();
        for (int c = 0; c < input.channels(); c++) {
            double square = 0;
            double all = 0;
            double weight = 0;
            for (int i = 0; i < pixels; i++) {
                double change = (double) edited[c * pixels + i] - image[c * pixels + i];
                double share = region == null ? 1 : region[i];
                all += change * change;
                square += share * change * change;
                weight += share;
            }

            double scale = (double) input.std().get(c) * input.std().get(c);
            inside += scale * square;
            outside += scale * (all - square);
            insideWeight += weight;
        }

        double outsideWeight = input.size() - insideWeight;
        return new Distance(
                Math.sqrt(inside / insideWeight),
                outsideWeight > 0 ? Math.sqrt(Math.max(0, outside) / outsideWeight) : Double.NaN);
    }

    private static float @Nullable [] painted(@Nullable Region region, InputSpec input) {
        if (region == null) {
            return null;
        }

        float[] mask = new float[input.pixels()];
        region.paint(mask, 0, input);
        return mask;
    }
}
