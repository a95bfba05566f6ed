package dev.tapetum.image;

import java.awt.image.DataBufferByte;
import java.awt.image.Raster;

/** Ink to light, with the arithmetic of libjpeg (YCCK to CMYK) and Pillow (CMYK to RGB). */
final class Cmyk {
    private static final int FRACTION_BITS = 16;
    private static final int HALF = 1 << (FRACTION_BITS - 1);
    private static final int CR_TO_RED = fixed(1.40200);
    private static final int CB_TO_BLUE = fixed(1.77200);
    private static final int CR_TO_GREEN = fixed(0.71414);
    private static final int CB_TO_GREEN = fixed(0.34414);

    private Cmyk() {}

    /**
     * Converts the four stored components of a JPEG file. Adobe's programs store inks inverted (255 is no ink), and so
     * Pillow takes all four-component files to be.
     *
     * @param stored four interleaved bands
     * @param ycck whether the first three are luminance and chrominance of the inverted inks' complement
     */
    static RgbImage toRgb(Raster stored, boolean ycck) {
        byte[] inks = ((DataBufferByte) stored.getDataBuffer()).getData();
        byte[] rgb = new byte[inks.length / 4 * 3];

        for (int from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
            int cyan = inks[from] & 0xFF;
            int magenta = inks[from + 1] & 0xFF;
            int yellow = inks[from + 2] & 0xFF;

            if (ycck) {
                int cb = magenta - 128;
                int cr = yellow - 128;
                int luma = cyan;
                cyan = 255 - clip(luma + ((CR_TO_RED * cr + HALF) >> FRACTION_BITS));
                magenta = 255 - clip(luma + ((HALF - CB_TO_GREEN * cb - CR_TO_GREEN * cr) >> FRACTION_BITS));
                yellow = 255 - clip(luma + ((CB_TO_BLUE * cb + HALF) >> FRACTION_BITS));
            }

            int light = inks[from + 3] & 0xFF;
            rgb[to] = reflected(cyan, light);
            rgb[to + 1] = reflected(magenta, light);
            rgb[to + 2] = reflected(yellow, light);
        }

        return new RgbImage(stored.getWidth(), stored.getHeight(), rgb);
    }

    /** The light that black lets through, less the share that the ink takes: light - round((255 - ink) light / 255). */
    private static byte reflected(int invertedInk, int light) {
        int product = (255 - invertedInk) * light + 128;

        return (byte) clip(light - (((product >> 8) + product) >> 8));
    }

    private static int clip(int value) {
        return Math.max(0, Math.min(255, value));
    }

    private static int fixed(double factor) {
        return (int) (factor * (1 << FRACTION_BITS) + 0.5);
    }
}
