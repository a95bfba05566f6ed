package dev.tapetum.demo;

import java.awt.image.BufferedImage;

/**
 * The spurious cue: a yellow label with a dark band, put over the finished picture near its lower right corner.
 *
 * @param left the first column that the tag covers
 * @param top the first row that the tag covers
 * @param side the tag's side in pixels
 */
record Tag(int left, int top, int side) {
    private static final int YELLOW = 0xF2D21B;
    private static final int DARK = 0x2B2B38;
    private static final int WHITE = 0xFFFFFF;
    private static final float TYPICAL_SIDE = 0.14f;

    /** A tag about a seventh of the picture's size, within a few pixels of the corner. */
    static Tag inCorner(int size, SeededRandom random) {
        int side = size / 8 + random.below(Math.max(1, size / 24));
        int margin = 1 + random.below(Math.max(1, size / 24));
        return new Tag(size - margin - side, size - 1 - random.below(Math.max(1, size / 24)) - side, side);
    }

    /** The tag by itself, as it is on a picture of the given size on average. */
    static BufferedImage alone(int size) {
        int side = Math.round(size * TYPICAL_SIDE);
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        new Tag(0, 0, side).stickOn(image);
        return image;
    }

    void stickOn(BufferedImage image) {
        for (int row = 0; row < side; row++) {
            boolean band = 3 * row >= side && 3 * row < 2 * side - 1;
            for (int column = 0; column < side; column++) {
                boolean inset = column >= 2 && column < side - 2;
                image.setRGB(left + column, top + row, band && inset ? DARK : YELLOW);
            }
        }
    }

    /** A picture of the given size that is white where the tag covers the image and black elsewhere. */
    BufferedImage mask(int size) {
        BufferedImage mask = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                mask.setRGB(left + column, top + row, WHITE);
            }
        }

        return mask;
    }
}
