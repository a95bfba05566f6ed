package dev.tapetum.job.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.jspecify.annotations.Nullable;

/** What one folder holds, entry by entry, never all at once: a folder may have millions. */
sealed interface FolderContent extends Closeable {
    /** The next entry, in the file system's order; null after the last. */
    @Nullable
    FolderEntry next() throws IOException;

    /**
     * Opens a folder.
     *
     * @param base the folder that names are relative to
     */
    static FolderContent open(FileSystem files, String base, FolderEntry folder) throws IOException {
        Path path = new Path(FileTree.below(base, folder.name()));

        if (files.getClass() == LocalFileSystem.class) {
            return new Local(((LocalFileSystem) files).pathToFile(path).toPath(), folder);
        } else if (files.getClass() == RawLocalFileSystem.class) {
            return new Local(((RawLocalFileSystem) files).pathToFile(path).toPath(), folder);
        }

        return new Remote(files.listStatusIterator(path), folder);
    }

    /**
     * A folder of a file system that hands its listing out in pages, as HDFS and S3 do.
     */
    record Remote(RemoteIterator<FileStatus> listing, FolderEntry folder) implements FolderContent {
        @Override
        public @Nullable FolderEntry next() throws IOException {
            if (!listing.hasNext()) {
                return null;
            }

            FileStatus status = listing.next();
            boolean isFolder = status.isDirectory();
            return new FolderEntry(
                    folder.child(status.getPath().getName()), isFolder ? FileRange.UNKNOWN : status.getLen(), isFolder);
        }

        @Override
        public void close() throws IOException {
            if (listing instanceof Closeable open) {
                open.close();
            }
        }
    }

    /**
     * A local folder. Hadoop would hold the status of every file of it at once, which for a million files is most of a
     * gigabyte; Java's stream holds one page of names.
     */
    final class Local implements FolderContent {
        private final java.nio.file.Path path;
        private final DirectoryStream<java.nio.file.Path> stream;
        private final Iterator<java.nio.file.Path> paths;
        private final FolderEntry folder;

        @SuppressWarnings("StreamResourceLeak") // closed by close()
        private Local(java.nio.file.Path path, FolderEntry folder) throws IOException {
            this.path = path;
            this.stream = Files.newDirectoryStream(path);
            this.paths = stream.iterator();
            this.folder = folder;
        }

        @Override
        public @Nullable FolderEntry next() throws IOException {
            try {
                while (paths.hasNext()) {
                    FolderEntry entry = entry(paths.next());

                    if (entry != null) {
                        return entry;
                    }
                }

                return null;
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }

        /** The entry; null for pipes, sockets and devices, which are no files and may never answer. */
        private @Nullable FolderEntry entry(java.nio.file.Path found) throws IOException {
            String name = folder.child(found.getFileName().toString());

            try {
                BasicFileAttributes attributes = Files.readAttributes(found, BasicFileAttributes.class);

                if (attributes.isDirectory()) {
                    refuseLoop(found);
                    return new FolderEntry(name, FileRange.UNKNOWN, true);
                }

                return attributes.isRegularFile() ? new FolderEntry(name, attributes.size(), false) : null;
            } catch (NoSuchFileException e) {
                // A link to nothing, or a file gone since: the folder names it, so it is listed and found missing
                // later.
                return new FolderEntry(name, FileRange.UNKNOWN, false);
            }
        }

        private void refuseLoop(java.nio.file.Path found) throws IOException {
            boolean link = Files.readAttributes(found, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isSymbolicLink();

            if (link && path.toRealPath().startsWith(found.toRealPath())) {
                throw new FileSystemLoopException(found + " is a link to a folder that contains it");
            }
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
