package dev.tapetum.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Small files of a run that are there whole or not at all: they are written under another name, and then renamed.
 *
 * @param files where they are
 */
record WholeFiles(FileSystem files) {

    boolean has(Path file) {
        try {
            return files.exists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(Path fileOrFolder) {
        try {
            files.delete(fileOrFolder, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(Path file) {
        try (var in = files.open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Path file, byte[] content) {
        try {
            replace(file, unfinished -> {
                try (FSDataOutputStream stream = files.create(unfinished, true)) {
                    stream.write(content);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a file of this machine. */
    void put(java.nio.file.Path local, Path file) throws IOException {
        files.mkdirs(file.getParent());
        replace(file, unfinished -> files.copyFromLocalFile(false, true, new Path(local.toUri()), unfinished));
    }

    private interface Writing {
        void to(Path unfinished) throws IOException;
    }

    private void replace(Path file, Writing writing) throws IOException {
        Path unfinished = new Path(file.getParent(), "_" + file.getName());
        writing.to(unfinished);
        files.delete(file, false);
        if (!files.rename(unfinished, file)) {
            throw new IOException("Cannot rename " + unfinished + " to " + file);
        }
    }
}
