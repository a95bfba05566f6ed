package dev.tapetum.report;

import dev.tapetum.image.DecodeLimits;
import dev.tapetum.image.ImageDecoder;
import dev.tapetum.image.RejectedImageException;
import dev.tapetum.image.RgbImage;
import java.util.function.Function;

/** Pictures of a part of the page as data URIs while there is room for them; after that, nothing, and words stand for them. */
final class PictureRoom implements Function<RgbImage, String> {
    private final Thumbnails thumbnails;
    private final int room;
    private int taken;

    /**
     * Room that is empty so far.
     *
     * @param longestSide of a picture, in pixels
     * @param room characters of all pictures together; the last may go beyond it
     */
    PictureRoom(int longestSide, int room) {
        this.thumbnails = new Thumbnails(longestSide);
        this.room = room;
    }

    /** Characters of the pictures so far. */
    int taken() {
        return taken;
    }

    @Override
    public String apply(RgbImage picture) {
        String uri = taken >= room ? "" : Thumbnails.uri(thumbnails.of(picture));
        taken += uri.length();

        return uri;
    }

    /** A picture of a table; nothing where it cannot be decoded, since the page tells its numbers without it. */
    String png(byte[] png) {
        if (taken >= room) {
            return "";
        }

        try {
            return apply(ImageDecoder.decode(png, DecodeLimits.DEFAULT));
        } catch (RejectedImageException e) {
            return "";
        }
    }
}
