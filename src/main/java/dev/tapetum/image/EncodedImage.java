package dev.tapetum.image;

import java.io.IOException;

/**
 * A file whose header was read and nothing else: what it will decode to is known before any of it is allocated.
 *
 * <p>Reading the header, or decoding, ends with an {@link java.io.EOFException} or an {@link IndexOutOfBoundsException}
 * where the file is too short, and with any other {@link IOException} where it breaks the rules of its format.
 */
sealed interface EncodedImage permits JpegFile, PngFile, BmpFile, GifFile, WebpFile {
    /** Columns of the stored picture, before it is turned upright. */
    int width();

    /** Rows of the stored picture, before it is turned upright. */
    int height();

    /** How the stored picture must be turned. */
    Orientation orientation();

    /** The most bytes of heap that {@link #decode} holds at once for each pixel, the picture itself included. */
    int heapPerPixel();

    /** The stored picture, not yet turned. */
    RgbImage decode() throws IOException;
}
