package dev.tapetum.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The style sheet and the scripts that a page carries within itself. */
final class Assets {
    private Assets() {}

    /** A file of this package. */
    static String text(String name) {
        return read(Assets.class.getResourceAsStream(name), name);
    }

    /**
     * The minified script of a webjar of Maven Central, whichever version is on the class path.
     *
     * @throws IllegalStateException when the script could end the element that it is put into
     */
    static String webjar(String name) {
        String path = "META-INF/resources/webjars/" + name + "/" + version(name) + "/" + name + ".min.js";
        String script = read(loader().getResourceAsStream(path), path);

        if (script.contains("</script") || script.contains("<!--")) {
            throw new IllegalStateException(path + " cannot stand within a page");
        }

        return script.replaceAll("(?m)^//# sourceMappingURL=.*$", "").strip();
    }

    private static String version(String name) {
        String path = "META-INF/maven/org.webjars/" + name + "/pom.properties";
        Properties properties = new Properties();

        try {
            properties.load(new StringReader(read(loader().getResourceAsStream(path), path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }

        return properties.getProperty("version");
    }

    private static ClassLoader loader() {
        ClassLoader own = Assets.class.getClassLoader();

        return own == null ? ClassLoader.getSystemClassLoader() : own;
    }

    private static String read(@Nullable InputStream stream, String name) {
        if (stream == null) {
            throw new IllegalStateException("The class path lacks " + name);
        }

        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
