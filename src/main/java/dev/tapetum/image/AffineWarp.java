package dev.tapetum.image;

/**
 * An image moved by an affine map about its middle: the value at {@code (y, x)} is the bilinear one at {@code middle + A ((y,
 * x) − middle) + shift} of the source, which goes on beyond its border as its mirror image.
 *
 * @param yy row by row, the map from places of the result to places of the source
 * @param shiftY in shares of the height
 * @param shiftX in shares of the width
 */
public record AffineWarp(double yy, double yx, double xy, double xx, double shiftY, double shiftX)
        implements PixelEdit {

    /** A turn counter-clockwise. */
    public static AffineWarp rotation(double degrees) {
        double cos = StrictMath.cos(StrictMath.toRadians(degrees));
        double sin = StrictMath.sin(StrictMath.toRadians(degrees));
        return new AffineWarp(cos, sin, -sin, cos, 0, 0);
    }

    /** An enlargement. */
    public static AffineWarp scale(double factor) {
        return new AffineWarp(1 / factor, 0, 0, 1 / factor, 0, 0);
    }

    /**
     * A move.
     *
     * @param share of the side's length
     * @param degrees 0 to the right, 90 up
     */
    public static AffineWarp translation(double share, double degrees) {
        return new AffineWarp(
                1,
                0,
                0,
                1,
                share * StrictMath.sin(StrictMath.toRadians(degrees)),
                -share * StrictMath.cos(StrictMath.toRadians(degrees)));
    }

    @Override
    public PlanarImage apply(PlanarImage image) {
        int height = image.height();
        int width = image.width();
        double middleY = (height - 1) / 2.0;
        double middleX = (width - 1) / 2.0;
        float[] moved = new float[image.values().length];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double y = row - middleY;
                double x = column - middleX;
                double fromY = middleY + yy * y + yx * x + shiftY * height;
                double fromX = middleX + xy * y + xx * x + shiftX * width;
                int top = (int) Math.floor(fromY);
                int left = (int) Math.floor(fromX);
                double down = fromY - top;
                double right = fromX - left;
                int y0 = mirrored(top, height);
                int y1 = mirrored(top + 1, height);
                int x0 = mirrored(left, width);
                int x1 = mirrored(left + 1, width);
                for (int c = 0; c < image.channels(); c++) {
                    double above = image.at(c, y0, x0) + right * (image.at(c, y0, x1) - image.at(c, y0, x0));
                    double below = image.at(c, y1, x0) + right * (image.at(c, y1, x1) - image.at(c, y1, x0));
                    double value = above + down * (below - above);
                    moved[(c * height + row) * width + column] = (float) Math.max(0, Math.min(1, value));
                }
            }
        }

        return image.with(moved);
    }

    private static int mirrored(int i, int count) {
        int j = Math.floorMod(i, 2 * count);
        return j < count ? j : 2 * count - 1 - j;
    }
}
