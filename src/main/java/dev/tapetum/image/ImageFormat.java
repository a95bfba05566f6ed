package dev.tapetum.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The formats that are read, each with the signature that tells it. */
enum ImageFormat {
    JPEG,
    PNG,
    BMP,
    GIF,
    WEBP;

    private static final int SHOWN_BYTES = 8;

    static ImageFormat of(byte[] file) throws RejectedImageException {
        for (ImageFormat format : values()) {
            if (format.matches(file)) {
                return format;
            }
        }

        throw new RejectedImageException(
                RejectReason.UNSUPPORTED_FORMAT, "Not JPEG, PNG, BMP, GIF or WebP: it begins with " + beginning(file));
    }

    /** Reads the header. */
    EncodedImage parse(byte[] file) throws IOException {
        return switch (this) {
            case JPEG -> JpegFile.parse(file);
            case PNG -> PngFile.parse(file);
            case BMP -> BmpFile.parse(file);
            case GIF -> GifFile.parse(file);
            case WEBP -> WebpFile.parse(file);
        };
    }

    private boolean matches(byte[] file) {
        return switch (this) {
            case JPEG -> JpegFile.matches(file);
            case PNG -> PngFile.matches(file);
            case BMP -> BmpFile.matches(file);
            case GIF -> GifFile.matches(file);
            case WEBP -> WebpFile.matches(file);
        };
    }

    private static String beginning(byte[] file) {
        String text = new String(file, 0, Math.min(SHOWN_BYTES, file.length), StandardCharsets.ISO_8859_1);

        return "\"" + text.replaceAll("[^ -~]", ".") + "\"";
    }
}
