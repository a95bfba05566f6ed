package dev.tapetum.intervention;

import dev.tapetum.image.Colour;
import dev.tapetum.image.Interpolation;
import dev.tapetum.image.PlanarImage;
import dev.tapetum.image.Resampler;
import dev.tapetum.image.RgbImage;
import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.Rectangle;
import dev.tapetum.probe.Region;
import dev.tapetum.probe.Stimulus;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something put on the image at one place, fading in: the image blended with a colour or a picture, the strength being its
 * share. The colourful patches of the ISIC study of Penzel and Denzler 2025 (arXiv 2503.05424) are such stamps.
 *
 * @param name what it stands for, such as "price tag": the property; null for "stamp"
 * @param picture a file whose picture is stretched over the place; null for the colour
 * @param from at least 0, where nothing is seen of it
 * @param to at most 1, where nothing is seen through it
 */
public record Stamp(
        @Nullable String name,
        Place place,
        Colour colour,
        @Nullable String picture,
        double from,
        double to,
        int steps) implements Editor {

    public Stamp {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(colour, "colour");
        new Strengths(from, to, steps).within(0, 1);
    }

    @Override
    public String property() {
        return name == null ? Editor.super.property() : name;
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

        Stimulus fill = picture == null
                ? Colours.solid(colour, canvas.input())
                : new Stimulus.Pixels(pictured(canvas.materials().picture(picture), canvas.input()));
        return new EditSequence(
                new Strengths(from, to, steps)
                        .edits(s -> new Stimulus.Masked(
                                Stimulus.ORIGINAL, new Stimulus.Blend(Stimulus.ORIGINAL, fill, s), region)),
                region,
                null);
    }

    /** An input with the picture at its place, and black around it, which no region shows. */
    private float[] pictured(PlanarImage original, InputSpec input) {
        Rectangle box = place.box(input);
        RgbImage fitted = Resampler.resize(original.toRgb(), box.width(), box.height(), Interpolation.BILINEAR);
        PlanarImage stamp = PlanarImage.of(fitted);
        float[] values = new float[input.size()];
        for (int c = 0; c < input.channels(); c++) {
            for (int row = 0; row < box.height(); row++) {
                for (int column = 0; column < box.width(); column++) {
                    values[(c * input.height() + box.top() + row) * input.width() + box.left() + column] =
                            stamp.at(c % 3, row, column);
                }
            }
        }

        return input.normalised(new PlanarImage(input.channels(), input.height(), input.width(), values));
    }
}
