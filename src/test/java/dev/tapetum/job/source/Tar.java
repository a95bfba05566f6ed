package dev.tapetum.job.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Tars as Commons Compress, which the program does not read them with, writes them. */
final class Tar {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, "UTF-8");

    static Tar posix() {
        Tar tar = new Tar();
        tar.out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.out.setAddPaxHeadersForNonAsciiNames(true);
        return tar;
    }

    static Tar gnu() {
        Tar tar = new Tar();
        tar.out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        tar.out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
        return tar;
    }

    Tar member(String name, String content) {
        return member(name, content.getBytes(UTF_8));
    }

    Tar member(String name, byte[] content) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setModTime(0); // a time of whole seconds needs no pax header
        entry.setSize(content.length);
        return entry(entry, content);
    }

    Tar link(String name, byte type) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type);
        entry.setLinkName("elsewhere");
        return entry(entry, new byte[0]);
    }

    Tar folder(String name) {
        return entry(new TarArchiveEntry(name + "/"), new byte[0]);
    }

    private Tar entry(TarArchiveEntry entry, byte[] content) {
        try {
            out.putArchiveEntry(entry);
            out.write(content);
            out.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] finished() throws IOException {
        out.close();
        return bytes.toByteArray();
    }

    Path write(Path file) throws IOException {
        return Files.write(file, finished());
    }

    /** The first bytes of the finished tar. */
    Path writeCut(Path file, int length) throws IOException {
        return Files.write(file, Arrays.copyOf(finished(), length));
    }
}
