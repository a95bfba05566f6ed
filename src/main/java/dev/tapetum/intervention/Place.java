package dev.tapetum.intervention;

import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.PixelLabels;
import dev.tapetum.probe.Rectangle;
import dev.tapetum.probe.Region;
import dev.tapetum.spec.Discriminator;
import java.io.Serializable;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Where on an image something is put. Lengths are shares of the shorter side, places those of a side's length. */
@Discriminator("place")
public sealed interface Place extends Serializable permits Place.Square, Place.Disc, Place.Mask {

    /** The pixels; null when the image has none there. */
    @Nullable
    Region region(Canvas canvas);

    /** The rectangle around the pixels; of the mask, the whole image. */
    Rectangle box(InputSpec input);

    /**
     * A square.
     *
     * @param row of its upper edge, from 0 at the top to 1 at the bottom
     * @param column of its left edge, from 0 at the left to 1 at the right
     */
    record Square(double row, double column, double side) implements Place {

        public Square {
            requirePlace(row, column, side);
        }

        @Override
        public Region region(Canvas canvas) {
            return box(canvas.input());
        }

        @Override
        public Rectangle box(InputSpec input) {
            return boxed(row, column, side, input);
        }
    }

    /**
     * The disc in such a square.
     *
     * @param row of the upper edge of the square around it
     * @param column of the left edge of that square
     * @param side of that square: the disc's diameter
     */
    record Disc(double row, double column, double side) implements Place {

        public Disc {
            requirePlace(row, column, side);
        }

        @Override
        public Region region(Canvas canvas) {
            InputSpec input = canvas.input();
            Rectangle box = box(input);
            double centreRow = box.top() + (box.height() - 1) / 2.0;
            double centreColumn = box.left() + (box.width() - 1) / 2.0;
            double radius = box.height() / 2.0;
            int[] marks = new int[input.pixels()];
            for (int row = box.top(); row < box.bottom(); row++) {
                for (int column = box.left(); column < box.right(); column++) {
                    double y = row - centreRow;
                    double x = column - centreColumn;
                    marks[row * input.width() + column] = y * y + x * x <= radius * radius ? 1 : 0;
                }
            }

            int middle = (box.top() + box.height() / 2) * input.width() + box.left() + box.width() / 2;
            marks[middle] = 1;
            PixelLabels labels = PixelLabels.of(marks);
            BitSet chosen = new BitSet();
            chosen.set(labels.of(middle));
            return labels.segments(chosen);
        }

        @Override
        public Rectangle box(InputSpec input) {
            return boxed(row, column, side, input);
        }
    }

    /** The mask of the image. */
    record Mask() implements Place {

        @Override
        public @Nullable Region region(Canvas canvas) {
            return canvas.part(true);
        }

        @Override
        public Rectangle box(InputSpec input) {
            return new Rectangle(0, 0, input.height(), input.width());
        }
    }

    private static void requirePlace(double row, double column, double side) {
        if (!(row >= 0 && row <= 1 && column >= 0 && column <= 1)) {
            throw new IllegalArgumentException(
                    "row and column are shares of the image, from 0 to 1, not " + row + " and " + column);
        }

        if (!(side > 0 && side <= 1)) {
            throw new IllegalArgumentException("side is a share of the shorter side, above 0 up to 1, not " + side);
        }
    }

    /** At least one pixel, and moved into the image where it would reach beyond. */
    private static Rectangle boxed(double row, double column, double side, InputSpec input) {
        int length = (int) Math.max(1, Math.round(side * Math.min(input.height(), input.width())));
        int top = (int) Math.min(Math.round(row * input.height()), input.height() - length);
        int left = (int) Math.min(Math.round(column * input.width()), input.width() - length);
        return new Rectangle(top, left, length, length);
    }
}
