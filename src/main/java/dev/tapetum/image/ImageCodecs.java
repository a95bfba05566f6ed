package dev.tapetum.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageWriterSpi;

/**
 * The readers and writers of other people's, chosen by name. ImageIO's own search goes by the class loader of the calling
 * thread and the order of the class path, and on a Spark executor neither is ours. Every call makes a new one, because
 * they have a state and serve one thread.
 */
final class ImageCodecs {
    private static final ImageReaderSpi JPEG_READER =
            jdkProvider(ImageReaderSpi.class, "com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi");
    private static final ImageWriterSpi JPEG_WRITER =
            jdkProvider(ImageWriterSpi.class, "com.sun.imageio.plugins.jpeg.JPEGImageWriterSpi");
    private static final ImageWriterSpi PNG_WRITER =
            jdkProvider(ImageWriterSpi.class, "com.sun.imageio.plugins.png.PNGImageWriterSpi");
    private static final ImageReaderSpi WEBP_READER = new WebPImageReaderSpi();

    private ImageCodecs() {}

    static ImageReader jpegReader() {
        return reader(JPEG_READER);
    }

    static ImageReader webpReader() {
        return reader(WEBP_READER);
    }

    static ImageWriter jpegWriter() {
        return writer(JPEG_WRITER);
    }

    static ImageWriter pngWriter() {
        return writer(PNG_WRITER);
    }

    private static ImageReader reader(ImageReaderSpi provider) {
        try {
            return provider.createReaderInstance();
        } catch (IOException e) {
            throw new UncheckedIOException("No reader from " + provider, e);
        }
    }

    private static ImageWriter writer(ImageWriterSpi provider) {
        try {
            return provider.createWriterInstance();
        } catch (IOException e) {
            throw new UncheckedIOException("No writer from " + provider, e);
        }
    }

    private static <T> T jdkProvider(Class<T> kind, String name) {
        Iterator<T> providers = IIORegistry.getDefaultInstance().getServiceProviders(kind, false);

        while (providers.hasNext()) {
            T provider = providers.next();

            if (provider.getClass().getName().equals(name)) {
                return provider;
            }
        }

        throw new IllegalStateException("This Java runtime has no " + name);
    }
}
