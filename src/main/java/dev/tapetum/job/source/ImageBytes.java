package dev.tapetum.job.source;

import dev.tapetum.image.RejectReason;
import dev.tapetum.image.RejectedImageException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.util.Locale;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FutureDataInputStreamBuilder;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.FutureIO;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of listed images, on executors; never more than the limit of one image. A file that cannot be read is a
 * reject; a storage that fails is tried again for a while, and then ends the task.
 *
 * <p>Safe for use by many threads.
 *
 * @param maxBytes the most bytes of an encoded image, at least 1
 */
public record ImageBytes(HadoopSettings hadoop, long maxBytes, Patience patience) implements Serializable {
    /** The largest array that every JVM can make. */
    private static final long LARGEST = Integer.MAX_VALUE - 8;

    public ImageBytes {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be at least 1, not " + maxBytes);
        }
    }

    public ImageBytes(HadoopSettings hadoop, long maxBytes) {
        this(hadoop, maxBytes, Patience.DEFAULT);
    }

    /**
     * The encoded image.
     *
     * @throws RejectedImageException as MISSING, UNREADABLE, TOO_MANY_BYTES or EMPTY
     * @throws StorageException when the storage fails again and again
     * @throws TaskEndedException when the thread is interrupted, because its task has ended
     * @throws IllegalArgumentException when the image was rejected already as it was listed
     */
    public byte[] image(ListedImage image) throws RejectedImageException {
        if (image.reject() != null) {
            throw new IllegalArgumentException(image.imageId() + " is rejected: " + image.reject());
        }

        if (image.content() != null) {
            return checked(image.content());
        } else if (image.file() != null) {
            return bytes(image.file());
        }

        throw new RejectedImageException(RejectReason.MISSING, "The table has the image's row but no bytes in it");
    }

    /**
     * The bytes of a file.
     *
     * @throws RejectedImageException as MISSING, UNREADABLE, TOO_MANY_BYTES or EMPTY
     * @throws StorageException when the storage fails again and again
     */
    public byte[] file(FileRange file) throws RejectedImageException {
        return bytes(file);
    }

    /**
     * The encoded mask of an image; null when it has none.
     *
     * @throws RejectedImageException as BAD_MASK
     * @throws StorageException when the storage fails again and again
     */
    public byte @Nullable [] mask(ListedImage image) throws RejectedImageException {
        try {
            if (image.maskContent() != null) {
                return checked(image.maskContent());
            }

            return image.maskFile() == null ? null : bytes(image.maskFile());
        } catch (RejectedImageException e) {
            throw new RejectedImageException(RejectReason.BAD_MASK, String.valueOf(e.getMessage()), e);
        }
    }

    private byte[] checked(byte[] content) throws RejectedImageException {
        checkLength(content.length);
        return content;
    }

    private void checkLength(long length) throws RejectedImageException {
        if (length == 0) {
            throw new RejectedImageException(RejectReason.EMPTY, "The file has no bytes");
        }

        if (length > limit()) {
            throw new RejectedImageException(
                    RejectReason.TOO_MANY_BYTES,
                    String.format(Locale.ROOT, "%,d bytes, the limit is %,d", length, limit()));
        }
    }

    private long limit() {
        return Math.min(maxBytes, LARGEST);
    }

    private byte[] bytes(FileRange range) throws RejectedImageException {
        if (range.length() != FileRange.UNKNOWN) {
            checkLength(range.length());
        }

        try {
            return new PatientReading(hadoop, patience).of(range.path(), () -> read(range));
        } catch (UnusableFileException e) {
            throw e.isMissing()
                    ? new RejectedImageException(RejectReason.MISSING, range.path() + " does not exist", e.failure())
                    : new RejectedImageException(
                            RejectReason.UNREADABLE,
                            range.path() + " cannot be read: " + Causes.sentence(e.failure()),
                            e.failure());
        }
    }

    private byte[] read(FileRange range) throws IOException, RejectedImageException {
        try (FSDataInputStream in = open(range)) {
            if (range.isPart()) {
                return part(in, range);
            }

            // The file may have grown since it was listed; one byte beyond the limit tells.
            byte[] bytes = in.readNBytes((int) Math.min(limit() + 1, LARGEST));

            if (bytes.length > limit()) {
                throw new RejectedImageException(
                        RejectReason.TOO_MANY_BYTES,
                        String.format(Locale.ROOT, "more bytes than the limit, which is %,d", limit()));
            }

            checkLength(bytes.length);
            return bytes;
        }
    }

    private byte[] part(FSDataInputStream in, FileRange range) throws IOException, RejectedImageException {
        byte[] bytes = new byte[Math.toIntExact(range.length())];

        try {
            in.readFully(range.offset(), bytes);
            return bytes;
        } catch (EOFException e) {
            Path path = new Path(range.path());

            // Object stores mean broken connections by it too.
            if (hadoop.ofFile(path).getFileStatus(path).getLen() >= range.offset() + range.length()) {
                throw e;
            }

            throw new RejectedImageException(
                    RejectReason.UNREADABLE, range.path() + " is shorter than when it was listed", e);
        }
    }

    private FSDataInputStream open(FileRange range) throws IOException {
        Path path = new Path(range.path());
        FutureDataInputStreamBuilder builder = hadoop.ofFile(path)
                .openFile(path)
                .opt("fs.option.openfile.read.policy", range.isPart() ? "random" : "whole-file, sequential");

        if (!range.isPart() && range.length() != FileRange.UNKNOWN) {
            // Saves an object store the question of how long the file is, half of the requests of a small one.
            builder.opt("fs.option.openfile.length", Long.toString(range.length()));
        }

        return FutureIO.awaitFuture(builder.build());
    }
}
