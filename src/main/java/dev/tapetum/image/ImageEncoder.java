package dev.tapetum.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encodes images for people to look at: the thumbnails of a report, the pictures in a table. */
public final class ImageEncoder {
    private ImageEncoder() {}

    /** A PNG file that decodes to the same pixels. */
    public static byte[] png(RgbImage image) {
        ImageWriter writer = ImageCodecs.pngWriter();

        return write(writer, writer.getDefaultWriteParam(), image);
    }

    /**
     * A baseline JPEG file.
     *
     * @param quality from 0 (small) to 1 (good)
     */
    public static byte[] jpeg(RgbImage image, double quality) {
        ImageWriter writer = ImageCodecs.jpegWriter();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality((float) quality);

        return write(writer, param, image);
    }

    private static byte[] write(ImageWriter writer, ImageWriteParam param, RgbImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        try (ImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(buffered(image), null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        } finally {
            writer.dispose();
        }

        return bytes.toByteArray();
    }

    private static BufferedImage buffered(RgbImage image) {
        BufferedImage buffered = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        byte[] rgb = image.rgb();

        for (int y = 0, from = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++, from += 3) {
                int pixel = (rgb[from] & 0xFF) << 16 | (rgb[from + 1] & 0xFF) << 8 | (rgb[from + 2] & 0xFF);
                buffered.setRGB(x, y, pixel);
            }
        }

        return buffered;
    }
}
