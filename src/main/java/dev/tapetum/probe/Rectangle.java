package dev.tapetum.probe;

import dev.tapetum.model.InputSpec;
import java.io.Serializable;
import java.util.Arrays;

/** A rectangle of pixels: {@code height} rows from {@code top} and {@code width} columns from {@code left}. */
public record Rectangle(int top, int left, int height, int width) implements Region, Serializable {

    public Rectangle {
        if (top < 0 || left < 0 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "Not a rectangle of pixels: top " + top + ", left " + left + ", " + height + "x" + width);
        }
    }

    /** The first row below. */
    public int bottom() {
        return top + height;
    }

    /** The first column to the right. */
    public int right() {
        return left + width;
    }

    @Override
    public void paint(float[] mask, int start, InputSpec input) {
        // Beyond a row's end the next row would follow.
        if (bottom() > input.height() || right() > input.width()) {
            throw new IllegalArgumentException(
                    this + " reaches beyond an image of " + input.height() + "x" + input.width());
        }

        for (int row = top; row < bottom(); row++) {
            int first = start + row * input.width();
            Arrays.fill(mask, first + left, first + right(), 1);
        }
    }
}
