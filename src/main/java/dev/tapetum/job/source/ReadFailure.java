package dev.tapetum.job.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.InvalidPathException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathAccessDeniedException;
import org.apache.hadoop.fs.PathIsDirectoryException;
import org.apache.hadoop.fs.PathIsNotDirectoryException;
import org.apache.hadoop.fs.PathNotFoundException;
import org.apache.hadoop.fs.PathPermissionException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/**
 * What a failed read tells. Only what is named here is a property of the file; whatever else a file system comes up with
 * (connections, time-outs, throttling, a server's own errors, blocks that no living node has) may be gone in a minute.
 */
enum ReadFailure {
    /** The file is not there, or so a file system says of one that may not be read. */
    NOT_FOUND,
    /** The file cannot be read, now or later. */
    OF_THE_FILE,
    /** The thread was interrupted, because Spark ends its task. */
    INTERRUPTED,
    /** The storage failed. */
    OF_THE_STORAGE;

    /**
     * Plain {@code PathIOException} is not among them: object stores throw it for streams that broke. Neither is {@code
     * EOFException}, by which they mean broken connections too; the length of the file tells.
     */
    private static final List<Class<? extends IOException>> OF_FILES = List.of(
            AccessControlException.class,
            AccessDeniedException.class,
            PathAccessDeniedException.class,
            PathPermissionException.class,
            PathIsDirectoryException.class,
            PathIsNotDirectoryException.class,
            ParentNotDirectoryException.class,
            ChecksumException.class,
            UnsupportedFileSystemException.class,
            NotDirectoryException.class,
            FileSystemLoopException.class,
            DamagedTarException.class);

    /**
     * Tells, and looks whether a file that was not found is there after all: of a local one Java says so too when it may
     * not be read, and when the process has no more files to open.
     *
     * @param file what was read, with scheme
     */
    static ReadFailure of(Exception failure, String file, HadoopSettings hadoop) {
        ReadFailure told = of(failure);

        if (told != NOT_FOUND) {
            return told;
        }

        try {
            Path path = new Path(file);
            boolean folder = hadoop.ofFile(path).getFileStatus(path).isDirectory();
            boolean denied = String.valueOf(failure.getMessage()).contains("(Permission denied)");
            return folder || denied ? OF_THE_FILE : OF_THE_STORAGE;
        } catch (IOException | RuntimeException e) {
            return of(e);
        }
    }

    static ReadFailure of(Exception failure) {
        if (failure instanceof FileNotFoundException
                || failure instanceof NoSuchFileException
                || failure instanceof PathNotFoundException) {
            return NOT_FOUND;
        }

        if (failure instanceof ClosedByInterruptException
                || (failure instanceof InterruptedIOException && !(failure instanceof SocketTimeoutException))) {
            return INTERRUPTED;
        }

        boolean ofTheFile = failure instanceof RuntimeException unchecked
                ? isAboutThePath(unchecked)
                : OF_FILES.stream().anyMatch(kind -> kind.isInstance(failure));
        return ofTheFile ? OF_THE_FILE : OF_THE_STORAGE;
    }

    /**
     * File systems throw unchecked what they find no word for: a path that is none, or one whose scheme has a class that is
     * not there. An unknown host arrives as an illegal argument too, with its cause.
     */
    private static boolean isAboutThePath(RuntimeException failure) {
        Throwable root = Causes.root(failure);
        return failure instanceof InvalidPathException
                || root instanceof ClassNotFoundException
                || (failure instanceof IllegalArgumentException && !(root instanceof IOException));
    }
}
