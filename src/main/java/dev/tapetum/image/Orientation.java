package dev.tapetum.image;

/** The eight ways in which a camera can lie, in the order of the EXIF tag 0x0112 (values 1 to 8). */
enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    UPSIDE_DOWN(false, true, true),
    FLIPPED(false, false, true),
    TRANSPOSED(true, false, false),
    TURNED_LEFT(true, false, true),
    TRANSVERSED(true, true, true),
    TURNED_RIGHT(true, true, false);

    private final boolean swapsAxes;
    private final boolean fromRight;
    private final boolean fromBottom;

    /**
     * @param swapsAxes whether the upright picture's columns are the stored picture's rows
     * @param fromRight whether the stored column falls where the upright position that selects it grows
     * @param fromBottom the same for the stored row
     */
    Orientation(boolean swapsAxes, boolean fromRight, boolean fromBottom) {
        this.swapsAxes = swapsAxes;
        this.fromRight = fromRight;
        this.fromBottom = fromBottom;
    }

    /** The orientation of an EXIF value; whatever is not 1 to 8 is upright. */
    static Orientation ofExif(int value) {
        return value >= 1 && value <= 8 ? values()[value - 1] : UPRIGHT;
    }

    /** The picture as the photographer saw it. */
    RgbImage upright(RgbImage stored) {
        if (this == UPRIGHT) {
            return stored;
        }

        int width = swapsAxes ? stored.height() : stored.width();
        int height = swapsAxes ? stored.width() : stored.height();
        byte[] source = stored.rgb();
        byte[] target = new byte[source.length];

        for (int y = 0, to = 0; y < height; y++) {
            for (int x = 0; x < width; x++, to += 3) {
                int column = swapsAxes ? y : x;
                int row = swapsAxes ? x : y;
                int storedColumn = fromRight ? stored.width() - 1 - column : column;
                int storedRow = fromBottom ? stored.height() - 1 - row : row;
                System.arraycopy(source, 3 * (storedRow * stored.width() + storedColumn), target, to, 3);
            }
        }

        return new RgbImage(width, height, target);
    }
}
