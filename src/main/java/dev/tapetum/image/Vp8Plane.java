package dev.tapetum.image;

import java.util.Arrays;

/**
 * One colour plane of a VP8 picture in whole macroblocks, with the frame around it that prediction looks at: 127 above,
 * 129 to the left.
 */
final class Vp8Plane {
    /** Room to the right of the row above, where the last block of a row looks. */
    private static final int BEYOND = 4;

    private final byte[] samples;
    private final int stride;

    Vp8Plane(int width, int height) {
        stride = 1 + width + BEYOND;
        samples = new byte[stride * (height + 1)];
        Arrays.fill(samples, 0, stride, (byte) 127);

        for (int row = stride; row < samples.length; row += stride) {
            samples[row] = (byte) 129;
        }
    }

    byte[] samples() {
        return samples;
    }

    /** The distance between a sample and the one below it. */
    int stride() {
        return stride;
    }

    /** The index of a sample; column and row may be -1. */
    int index(int column, int row) {
        return (row + 1) * stride + column + 1;
    }

    int at(int column, int row) {
        return samples[index(column, row)] & 0xFF;
    }
}
