package dev.tapetum.image;

import java.io.IOException;

/**
 * Decodes the bytes of a file to the pixels that {@code ImageOps.exif_transpose(Image.open(file)).convert("RGB")} gives in
 * Pillow: upright, without transparency (dropped, not blended), without colour management (embedded profiles are
 * ignored). JPEG, PNG, BMP, GIF (first picture) and WebP (first picture) are told apart by their content.
 *
 * <p>Two deliberate deviations: a 16-bit grey image keeps its high byte, where Pillow clips at 255; and a picture that is
 * larger than the limits is refused, where Pillow warns up to twice the limit.
 *
 * <p>Stateless and safe for any number of threads. Whatever the bytes are, the result is an image or a
 * {@link RejectedImageException}.
 */
public final class ImageDecoder {
    private ImageDecoder() {}

    /**
     * Decodes one image.
     *
     * @param encoded the whole file; bytes after the end of the picture do not matter
     * @param limits checked before anything of the announced size is allocated
     * @throws RejectedImageException EMPTY, TOO_MANY_BYTES, TOO_MANY_PIXELS, UNSUPPORTED_FORMAT, TRUNCATED or CORRUPT
     */
    public static RgbImage decode(byte[] encoded, DecodeLimits limits) throws RejectedImageException {
        return open(encoded, limits).decode();
    }

    /**
     * Reads the header of one image and decodes nothing yet, for those who must know what decoding will cost. What comes
     * back keeps the file's bytes, some formats in a copy of about their length.
     *
     * @param encoded as in {@link #decode}
     * @param limits as in {@link #decode}
     * @throws RejectedImageException as {@link #decode}
     */
    public static OpenedImage open(byte[] encoded, DecodeLimits limits) throws RejectedImageException {
        if (encoded.length == 0) {
            throw new RejectedImageException(RejectReason.EMPTY, "The file has no bytes");
        }

        if (encoded.length > limits.maxBytes()) {
            throw new RejectedImageException(
                    RejectReason.TOO_MANY_BYTES,
                    "%,d bytes, the limit is %,d".formatted(encoded.length, limits.maxBytes()));
        }

        ImageFormat format = ImageFormat.of(encoded);

        try {
            EncodedImage image = format.parse(encoded);
            checkSize(image, limits);

            return new OpenedImage(format, encoded.length, image);
        } catch (IOException | RuntimeException e) {
            throw OpenedImage.rejected(format, encoded.length, e);
        }
    }

    private static void checkSize(EncodedImage image, DecodeLimits limits) throws IOException, RejectedImageException {
        if (image.width() < 1 || image.height() < 1) {
            throw new IOException("it announces %dx%d pixels".formatted(image.width(), image.height()));
        }

        long pixels = (long) image.width() * image.height();

        if (pixels > limits.maxPixels()) {
            throw new RejectedImageException(
                    RejectReason.TOO_MANY_PIXELS,
                    "%dx%d = %,d pixels, the limit is %,d"
                            .formatted(image.width(), image.height(), pixels, limits.maxPixels()));
        }
    }
}
