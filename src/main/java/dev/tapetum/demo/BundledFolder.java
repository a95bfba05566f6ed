package dev.tapetum.demo;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A folder that travels in the program.
 *
 * @param name its path beside this class
 * @param files what is in it
 */
record BundledFolder(String name, List<String> files) {

    /** Copies the files into the directory, which is made if need be; files of the same name are replaced. */
    void copyTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (String file : files) {
            String resource = name + "/" + file;
            try (InputStream input = BundledFolder.class.getResourceAsStream(resource)) {
                if (input == null) {
                    throw new FileNotFoundException(resource + " is missing from the program");
                }

                Files.copy(input, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
