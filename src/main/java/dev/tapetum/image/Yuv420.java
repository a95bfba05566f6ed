package dev.tapetum.image;

/**
 * From luma and two colour planes of half its size to RGB, with the arithmetic of libwebp: the four nearest colour samples
 * weigh 9, 3, 3 and 1 sixteenths, and the conversion has 14 fractional bits in two steps (ITU-R BT.601, luma 16...235).
 */
final class Yuv420 {
    private Yuv420() {}

    static RgbImage toRgb(int width, int height, Vp8Plane luma, Vp8Plane blue, Vp8Plane red) {
        byte[] rgb = new byte[3 * width * height];
        int lastColumn = (width - 1) / 2;
        int lastRow = (height - 1) / 2;

        for (int y = 0, to = 0; y < height; y++) {
            int row = y / 2;
            int otherRow = Math.max(0, Math.min(lastRow, row + ((y & 1) == 0 ? -1 : 1)));

            for (int x = 0; x < width; x++, to += 3) {
                int column = x / 2;
                int otherColumn = Math.max(0, Math.min(lastColumn, column + ((x & 1) == 0 ? -1 : 1)));
                int light = (luma.at(x, y) * 19077) >> 8;
                int u = blend(blue, column, row, otherColumn, otherRow);
                int v = blend(red, column, row, otherColumn, otherRow);
                rgb[to] = clip(light + ((v * 26149) >> 8) - 14234);
                rgb[to + 1] = clip(light - ((u * 6419) >> 8) - ((v * 13320) >> 8) + 8708);
                rgb[to + 2] = clip(light + ((u * 33050) >> 8) - 17685);
            }
        }

        return new RgbImage(width, height, rgb);
    }

    private static int blend(Vp8Plane plane, int column, int row, int otherColumn, int otherRow) {
        int sum = 9 * plane.at(column, row)
                + 3 * plane.at(otherColumn, row)
                + 3 * plane.at(column, otherRow)
                + plane.at(otherColumn, otherRow);

        return (sum + 8) >> 4;
    }

    private static byte clip(int value) {
        return (byte) Math.max(0, Math.min(255, value >> 6));
    }
}
