package dev.tapetum.model;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.tapetum.UserError;
import dev.tapetum.spec.Hocon;
import dev.tapetum.spec.RecordBinder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the HOCON file that says what a bundle is. */
public final class ConfFile {

    private ConfFile() {}

    /**
     * Binds the file to a record; every error names file and line.
     *
     * @param name how errors call the bundle: the path that the user gave
     * @param exporter the script or command that makes such bundles
     * @param defaults HOCON for the keys that may be left out
     */
    public static <T extends Record> T read(Class<T> type, Path file, String name, String exporter, String defaults) {
        String conf = String.valueOf(file.getFileName());
        if (!Files.isRegularFile(file)) {
            throw new UserError(name + " has no " + conf + "; make a bundle with " + exporter);
        }

        Config given = Hocon.file(file);
        return new RecordBinder(ConfigFactory.empty().root())
                .bind(
                        type,
                        conf,
                        given.root(),
                        ConfigFactory.parseString(defaults).root());
    }

    /** Refuses what another release wrote. */
    public static void requireFormat(int format, int known) {
        if (format != known) {
            throw new IllegalArgumentException(
                    "format must be " + known + ", the one that this release reads, not " + format);
        }
    }
}
