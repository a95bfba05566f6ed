package dev.tapetum.image;

import java.io.EOFException;
import java.io.IOException;

/**
 * An image whose header was read and keeps to the limits: what it costs to decode is known, and none of its pixels is
 * allocated yet. It holds the encoded file, some formats in a copy.
 */
public final class OpenedImage {
    private static final int HEAP_TO_TURN_A_PIXEL = 6;

    private final ImageFormat format;
    private final int encodedLength;
    private final EncodedImage image;

    OpenedImage(ImageFormat format, int encodedLength, EncodedImage image) {
        this.format = format;
        this.encodedLength = encodedLength;
        this.image = image;
    }

    /** The bytes of the encoded file, which this holds once, and its caller perhaps a second time. */
    public int encodedLength() {
        return encodedLength;
    }

    /** The most bytes of heap that {@link #decode} holds at once, the result included and the encoded file not. */
    public long heapToDecode() {
        int perPixel = image.orientation() == Orientation.UPRIGHT
                ? image.heapPerPixel()
                : Math.max(image.heapPerPixel(), HEAP_TO_TURN_A_PIXEL);

        return (long) image.width() * image.height() * perPixel;
    }

    /**
     * The image, upright.
     *
     * @throws RejectedImageException UNSUPPORTED_FORMAT, TRUNCATED or CORRUPT
     */
    public RgbImage decode() throws RejectedImageException {
        try {
            return image.orientation().upright(image.decode());
        } catch (IOException | RuntimeException e) {
            throw rejected(format, encodedLength, e);
        }
    }

    /** What a file is refused for, by what its parser or decoder stumbled over. */
    static RejectedImageException rejected(ImageFormat format, int encodedLength, Exception e) {
        if (e instanceof UnsupportedVariantException unsupported) {
            return new RejectedImageException(
                    RejectReason.UNSUPPORTED_FORMAT, "Not supported: " + unsupported.part(), e);
        }

        // A decoder that stumbles over its own arrays is unlike one that reads behind the end of the file.
        boolean pastTheEnd = e instanceof EOFException
                || (e instanceof IndexOutOfBoundsException && !(e instanceof ArrayIndexOutOfBoundsException));

        if (pastTheEnd) {
            return new RejectedImageException(
                    RejectReason.TRUNCATED,
                    "The %s file of %,d bytes ends before its picture does".formatted(format, encodedLength),
                    e);
        }

        String what = e instanceof IOException && e.getMessage() != null ? e.getMessage() : e.toString();

        return new RejectedImageException(RejectReason.CORRUPT, "The %s file is broken: %s".formatted(format, what), e);
    }
}
