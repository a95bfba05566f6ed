package dev.tapetum.job;

import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Stands in for the part of the kernel that cells call: it keeps what they show, and has an environment of its own. */
public final class NotebookKernel {

    private static final List<Shown> SHOWN = new ArrayList<>();
    private static Map<String, String> environment = Map.of();

    private NotebookKernel() {}

    static synchronized void start(Map<String, String> variables) {
        SHOWN.clear();
        environment = Map.copyOf(variables);
    }

    static synchronized List<Shown> shown() {
        return List.copyOf(SHOWN);
    }

    /** In place of {@link System#getenv()}. */
    public static synchronized Map<String, String> getenv() {
        return environment;
    }

    /** Shows a picture as PNG and all else as text, as the kernel does. */
    public static synchronized void display(Object value) {
        SHOWN.add(
                value instanceof RenderedImage image ? new Shown("image/png", png(image)) : text(value, "text/plain"));
    }

    /** Shows text of the given type. */
    public static synchronized void display(Object value, String type) {
        SHOWN.add(text(value, type));
    }

    private static Shown text(Object value, String type) {
        return new Shown(type, String.valueOf(value));
    }

    private static String png(RenderedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }

        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
