package dev.tapetum.probe;

/** A rectangle of pixels: {@code height} rows from {@code top} and {@code width} columns from {@code left}. */
public record Rectangle(int top, int left, int height, int width) {

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
}
