package dev.tapetum.image;

import java.io.EOFException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Bytes for a reader of ImageIO. It remembers whether the reader wanted more than there is, because the JDK's JPEG decoder
 * then paints the rest of the picture grey and goes on.
 */
final class MemoryInput extends ImageInputStreamImpl {
    private final byte[] bytes;
    private boolean ranOut;

    MemoryInput(byte[] bytes) {
        this.bytes = bytes;
    }

    void throwIfRanOut() throws EOFException {
        if (ranOut) {
            throw new EOFException("the compressed data ends before the picture is complete");
        }
    }

    @Override
    public int read() {
        bitOffset = 0;

        if (streamPos >= bytes.length) {
            ranOut = true;
            return -1;
        }

        return bytes[(int) streamPos++] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        bitOffset = 0;
        int count = (int) Math.max(0, Math.min(length, bytes.length - streamPos));

        if (count == 0 && length > 0) {
            ranOut = true;
            return -1;
        }

        System.arraycopy(bytes, (int) streamPos, target, offset, count);
        streamPos += count;

        return count;
    }

    @Override
    public long length() {
        return bytes.length;
    }
}
