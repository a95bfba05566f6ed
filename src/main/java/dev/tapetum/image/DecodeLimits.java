package dev.tapetum.image;

import java.io.Serializable;

/**
 * How large a file may be before it is rejected unseen.
 *
 * @param maxBytes the most bytes of an encoded file, at least 1
 * @param maxPixels the most pixels (width times height) that its header may announce, from 1 to
 *     {@link RgbImage#MAX_PIXELS}
 */
public record DecodeLimits(long maxBytes, long maxPixels) implements Serializable {
    /** 256 MiB, and the number of pixels above which Pillow, too, refuses to decode: 178,956,970. */
    public static final DecodeLimits DEFAULT = new DecodeLimits(256L << 20, 178_956_970L);

    public DecodeLimits {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be at least 1, not " + maxBytes);
        }

        if (maxPixels < 1 || maxPixels > RgbImage.MAX_PIXELS) {
            throw new IllegalArgumentException(
                    "maxPixels must be from 1 to " + RgbImage.MAX_PIXELS + ", not " + maxPixels);
        }
    }
}
