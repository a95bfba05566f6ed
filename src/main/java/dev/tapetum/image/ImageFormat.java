package dev.tapetum.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** The formats that are read, each with the signature that tells it. */
enum ImageFormat {
    JPEG(JpegFile::matches, JpegFile::parse),
    PNG(PngFile::matches, PngFile::parse),
    BMP(BmpFile::matches, BmpFile::parse),
    GIF(GifFile::matches, GifFile::parse),
    WEBP(WebpFile::matches, WebpFile::parse);

    private static final int SHOWN_BYTES = 8;

    private final Predicate<byte[]> signature;
    private final Parser parser;

    ImageFormat(Predicate<byte[]> signature, Parser parser) {
        this.signature = signature;
        this.parser = parser;
    }

    static ImageFormat of(byte[] file) throws RejectedImageException {
        for (ImageFormat format : values()) {
            if (format.signature.test(file)) {
                return format;
            }
        }

        throw new RejectedImageException(
                RejectReason.UNSUPPORTED_FORMAT, "Not JPEG, PNG, BMP, GIF or WebP: it begins with " + beginning(file));
    }

    /** Reads the header. */
    EncodedImage parse(byte[] file) throws IOException {
        return parser.parse(file);
    }

    private static String beginning(byte[] file) {
        String text = new String(file, 0, Math.min(SHOWN_BYTES, file.length), StandardCharsets.ISO_8859_1);

        return "\"" + text.replaceAll("[^ -~]", ".") + "\"";
    }

    private interface Parser {
        EncodedImage parse(byte[] file) throws IOException;
    }
}
