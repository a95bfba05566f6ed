package dev.tapetum.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * A JPEG file, decoded by the JDK's reader from a purified copy.
 *
 * <p>The copy has the segments that make the picture, and instead of all application segments a single one that says in
 * which colours it is stored. So no profile converts the colours, no broken metadata stops the reader, and the guess of
 * the colour space is libjpeg's (and with it Pillow's), which the JDK's own is not. The pixels go from the native decoder
 * into the array of the {@link RgbImage} without a copy.
 *
 * @param colours how the components are to be understood
 * @param purified the bytes for the JDK's reader
 */
record JpegFile(int width, int height, Orientation orientation, Colours colours, byte[] purified)
        implements EncodedImage {

    enum Colours {
        GREY,
        YCC,
        RGB,
        CMYK,
        YCCK
    }

    private static final byte[] JFIF = ascii("JFIF\0");
    private static final byte[] EXIF = ascii("Exif\0\0");
    private static final byte[] XMP = ascii("http://ns.adobe.com/xap/1.0/\0");
    private static final byte[] ADOBE = ascii("Adobe");
    private static final byte[] JFIF_SEGMENT = ascii("\u00FF\u00E0\0\u0010JFIF\0\1\1\0\0\1\0\1\0\0");
    private static final byte[] ADOBE_UNTRANSFORMED_SEGMENT = ascii("\u00FF\u00EE\0\u000EAdobe\0\144\0\0\0\0\0");

    static boolean matches(byte[] file) {
        return file.length >= 3 && file[0] == (byte) 0xFF && file[1] == (byte) 0xD8 && file[2] == (byte) 0xFF;
    }

    static JpegFile parse(byte[] file) throws IOException {
        return new Segments(file).read();
    }

    /** The four inks beside the picture; everything else goes straight into it. */
    @Override
    public int heapPerPixel() {
        return switch (colours) {
            case GREY, YCC, RGB -> 3;
            case CMYK, YCCK -> 7;
        };
    }

    @Override
    public RgbImage decode() throws IOException {
        ImageReader reader = ImageCodecs.jpegReader();

        try (MemoryInput input = new MemoryInput(purified)) {
            reader.setInput(input, true, true);

            return decode(reader, input);
        } finally {
            reader.dispose();
        }
    }

    private RgbImage decode(ImageReader reader, MemoryInput input) throws IOException {
        try {
            return switch (colours) {
                case GREY, YCC, RGB -> readRgb(reader);
                case CMYK, YCCK -> Cmyk.toRgb(reader.readRaster(0, null), colours == Colours.YCCK);
            };
        } finally {
            // Before whatever else went wrong: a file that is cut off fails in many ways, or not at all.
            input.throwIfRanOut();
        }
    }

    private RgbImage readRgb(ImageReader reader) throws IOException {
        byte[] rgb = new byte[3 * width * height];
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(rgb, rgb.length), width, height, 3 * width, 3, new int[] {0, 1, 2}, null);
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                false,
                false,
                ComponentColorModel.OPAQUE,
                DataBuffer.TYPE_BYTE);
        ImageReadParam param = reader.getDefaultReadParam();
        param.setDestination(new BufferedImage(model, raster, false, null));
        reader.read(0, param);

        return new RgbImage(width, height, rgb);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Walks the segments up to the first scan. */
    private static final class Segments {
        private final ByteBuffer file;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final Metadata metadata = new Metadata();
        private boolean jfif;
        private int adobeTransform = -1;
        private int width;
        private int height;
        private String components = "";

        Segments(byte[] file) {
            this.file = ByteBuffer.wrap(file);
        }

        JpegFile read() throws IOException {
            int position = 2;

            while (true) {
                int marker = file.get(position) == (byte) 0xFF ? file.get(position + 1) & 0xFF : 0xFF;

                if (marker == 0xDA) {
                    return purified(position);
                }

                if (marker == 0xD9) {
                    throw new IOException("it ends without a picture");
                }

                // Fill bytes, junk between segments and markers that stand alone are skipped, as libjpeg does.
                if (marker == 0xFF || marker <= 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
                    position += marker == 0xFF ? 1 : 2;
                    continue;
                }

                int length = file.getShort(position + 2) & 0xFFFF;

                if (length < 2) {
                    throw new IOException("a segment has the length " + length);
                }

                take(marker, file.slice(position + 4, length - 2));
                position += 2 + length;
            }
        }

        private void take(int marker, ByteBuffer body) throws IOException {
            switch (marker) {
                case 0xE0 -> jfif |= Metadata.startsWith(body, JFIF) && body.remaining() >= 12;
                case 0xE1 -> {
                    if (Metadata.startsWith(body, EXIF)) {
                        metadata.exif(body);
                    } else if (Metadata.startsWith(body, XMP)) {
                        metadata.xmp(body);
                    }
                }
                case 0xEE -> {
                    if (Metadata.startsWith(body, ADOBE) && body.remaining() >= 12) {
                        adobeTransform = body.get(11) & 0xFF;
                    }
                }
                case 0xC0, 0xC1, 0xC2 -> {
                    frame(body);
                    keep(marker, body);
                }
                case 0xC4, 0xDB, 0xDD -> keep(marker, body);
                default -> {
                    if (marker >= 0xC3 && marker <= 0xCF) {
                        throw new UnsupportedVariantException(
                                "JPEG with lossless or arithmetic coding (marker 0x%02X)".formatted(marker));
                    }
                }
            }
        }

        private void frame(ByteBuffer body) throws IOException {
            if (!components.isEmpty()) {
                throw new IOException("it has two frame headers");
            }

            if (body.get(0) != 8) {
                throw new UnsupportedVariantException("JPEG with " + body.get(0) + " bits per sample");
            }

            height = body.getShort(1) & 0xFFFF;
            width = body.getShort(3) & 0xFFFF;
            StringBuilder ids = new StringBuilder();

            for (int i = 0; i < (body.get(5) & 0xFF); i++) {
                ids.append((char) (body.get(6 + 3 * i) & 0xFF));
            }

            components = ids.toString();
        }

        private void keep(int marker, ByteBuffer body) {
            kept.write(0xFF);
            kept.write(marker);
            kept.write((body.remaining() + 2) >> 8);
            kept.write(body.remaining() + 2);
            kept.write(body.array(), body.arrayOffset(), body.remaining());
        }

        private JpegFile purified(int scan) throws IOException {
            Colours colours = colours();
            byte[] marking = switch (colours) {
                case GREY, YCC -> JFIF_SEGMENT;
                case RGB, CMYK, YCCK -> ADOBE_UNTRANSFORMED_SEGMENT;
            };
            int rest = file.capacity() - scan;
            ByteBuffer purified = ByteBuffer.allocate(2 + marking.length + kept.size() + rest);
            purified.put(file.array(), 0, 2)
                    .put(marking)
                    .put(kept.toByteArray())
                    .put(file.array(), scan, rest);

            return new JpegFile(width, height, metadata.orientation(), colours, purified.array());
        }

        /** What libjpeg assumes (default_decompress_parms), which every other reader has to follow. */
        private Colours colours() throws IOException {
            return switch (components.length()) {
                case 0 -> throw new IOException("it has no frame header");
                case 1 -> Colours.GREY;
                case 3 -> {
                    boolean untransformed = adobeTransform == -1 ? components.equals("RGB") : adobeTransform == 0;
                    yield untransformed && !jfif ? Colours.RGB : Colours.YCC;
                }
                case 4 -> adobeTransform <= 0 ? Colours.CMYK : Colours.YCCK;
                default -> throw new UnsupportedVariantException("JPEG with " + components.length() + " components");
            };
        }
    }
}
