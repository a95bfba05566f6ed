package dev.tapetum.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one thing that is read of a file's metadata: the orientation, from EXIF and, where EXIF has none, from XMP, as
 * Pillow does. Broken metadata never costs an image: it says nothing.
 */
final class Metadata {
    private static final int ORIENTATION_TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int BYTES_PER_ENTRY = 12;
    private static final byte[] EXIF_PREFIX = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final Pattern XMP_ORIENTATION = Pattern.compile("tiff:Orientation(?:=\"|>)([0-9])");

    private int exif;
    private int xmp;

    Orientation orientation() {
        return Orientation.ofExif(exif != 0 ? exif : xmp);
    }

    /** Takes in a TIFF block, with or without the prefix that it has in JPEG files. */
    void exif(ByteBuffer block) {
        ByteBuffer tiff = startsWith(block, EXIF_PREFIX) ? from(block, EXIF_PREFIX.length) : block.slice();

        try {
            exif = orientationTag(tiff);
        } catch (IndexOutOfBoundsException cutOff) {
            exif = 0;
        }
    }

    /** Takes in an XMP packet; all that matters of it is ASCII. */
    void xmp(ByteBuffer packet) {
        byte[] text = new byte[packet.remaining()];
        packet.duplicate().get(text);
        Matcher matcher = XMP_ORIENTATION.matcher(new String(text, StandardCharsets.ISO_8859_1));

        if (matcher.find()) {
            xmp = Integer.parseInt(matcher.group(1));
        }
    }

    static boolean startsWith(ByteBuffer block, byte[] prefix) {
        return block.remaining() >= prefix.length
                && block.slice(block.position(), prefix.length).equals(ByteBuffer.wrap(prefix));
    }

    private static ByteBuffer from(ByteBuffer block, int skipped) {
        return block.slice(block.position() + skipped, block.remaining() - skipped);
    }

    private static int orientationTag(ByteBuffer tiff) {
        int byteOrder = tiff.getShort(0);

        if (byteOrder != 0x4949 && byteOrder != 0x4D4D) {
            return 0;
        }

        tiff.order(byteOrder == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);

        if (tiff.getShort(2) != 42) {
            return 0;
        }

        int directory = tiff.getInt(4);
        int entries = tiff.getShort(directory) & 0xFFFF;

        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + BYTES_PER_ENTRY * i;

            if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION_TAG && tiff.getShort(entry + 2) == SHORT) {
                return tiff.getShort(entry + 8) & 0xFFFF;
            }
        }

        return 0;
    }
}
