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
        float[] from = image.values();
        float[] moved = new float[from.length];
        eachPlace(image.channels(), image.height(), image.width(), (to, corners, down, right) -> {
            double above = from[corners[0]] + right * (from[corners[1]] - from[corners[0]]);
            double below = from[corners[2]] + right * (from[corners[3]] - from[corners[2]]);
            double value = above + down * (below - above);
            moved[to] = (float) Math.max(0, Math.min(1, value));
        });
        return image.with(moved);
    }

    /**
     * The moved values of planes in doubles, whatever their range, not cut off: a linear map {@code T} of them.
     *
     * @param values {@code channels · height · width}, in the order of a {@link PlanarImage}
     */
    public double[] moved(int channels, int height, int width, double[] values) {
        double[] moved = new double[values.length];
        eachPlace(channels, height, width, (to, corners, down, right) -> {
            double above = (1 - right) * values[corners[0]] + right * values[corners[1]];
            double below = (1 - right) * values[corners[2]] + right * values[corners[3]];
            moved[to] = (1 - down) * above + down * below;
        });
        return moved;
    }

    /**
     * The adjoint {@code T*} of {@link #moved}, {@code ⟨T x, y⟩ = ⟨x, T* y⟩}: what a gradient with respect to the moved values
     * is with respect to the values.
     */
    public double[] pulledBack(int channels, int height, int width, double[] gradient) {
        double[] pulled = new double[gradient.length];
        eachPlace(channels, height, width, (to, corners, down, right) -> {
            pulled[corners[0]] += (1 - down) * (1 - right) * gradient[to];
            pulled[corners[1]] += (1 - down) * right * gradient[to];
            pulled[corners[2]] += down * (1 - right) * gradient[to];
            pulled[corners[3]] += down * right * gradient[to];
        });
        return pulled;
    }

    /** Where one value of the result comes from. */
    private interface Origin {

        /**
         * @param corners the four values that it lies between, row by row; the array is used again
         * @param down how far it lies from the upper two to the lower two, below 1
         * @param right how far it lies from the left two to the right two, below 1
         */
        void of(int to, int[] corners, double down, double right);
    }

    private void eachPlace(int channels, int height, int width, Origin origin) {
        double middleY = (height - 1) / 2.0;
        double middleX = (width - 1) / 2.0;
        int[] corners = new int[4];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double y = row - middleY;
                double x = column - middleX;
                double fromY = middleY + yy * y + yx * x + shiftY * height;
                double fromX = middleX + xy * y + xx * x + shiftX * width;
                int top = (int) Math.floor(fromY);
                int left = (int) Math.floor(fromX);
                int y0 = mirrored(top, height);
                int y1 = mirrored(top + 1, height);
                int x0 = mirrored(left, width);
                int x1 = mirrored(left + 1, width);
                for (int c = 0; c < channels; c++) {
                    int plane = c * height;
                    corners[0] = (plane + y0) * width + x0;
                    corners[1] = (plane + y0) * width + x1;
                    corners[2] = (plane + y1) * width + x0;
                    corners[3] = (plane + y1) * width + x1;
                    origin.of((plane + row) * width + column, corners, fromY - top, fromX - left);
                }
            }
        }
    }

    private static int mirrored(int i, int count) {
        int j = Math.floorMod(i, 2 * count);
        return j < count ? j : 2 * count - 1 - j;
    }
}
