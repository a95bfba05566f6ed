package dev.tapetum.model;

import dev.tapetum.UserError;
import dev.tapetum.spec.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Map;

/**
 * What a bundle says of its files.
 *
 * @param sha256 of each file of the folder, by its name
 */
public record FileDigests(Path directory, Map<String, String> sha256) {

    /**
     * Compares the files with what is said of them.
     *
     * @param name how errors call the bundle
     * @param conf the file that says it
     */
    public void verify(String name, String conf) {
        sha256.forEach((file, stated) -> {
            String actual = digest(directory.resolve(file));
            if (!actual.equalsIgnoreCase(stated)) {
                throw new UserError(name + ": " + file + " has sha256 " + actual + ", but " + conf + " says " + stated
                        + "; copy the bundle again, or export it again");
            }
        });
    }

    /** SHA-256 of a file, in hexadecimal. */
    public static String digest(Path file) {
        MessageDigest digest = Sha256.newDigest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UserError(file + " cannot be read: " + e.getMessage(), e);
        }

        return Sha256.hex(digest.digest());
    }
}
