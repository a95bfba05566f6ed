package dev.tapetum.job.source;

import dev.tapetum.UserError;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * Walks below one folder, entry by entry, with one folder open at a time; memory grows with the folders that wait, not
 * with the files.
 */
final class FolderWalk implements Iterator<FolderEntry>, Closeable {
    private final FileSystem files;
    private final String base;
    private final Glob glob;
    private final boolean deep;
    private final Deque<FolderEntry> waiting = new ArrayDeque<>();

    private FolderEntry folder;
    private @Nullable FolderContent open;
    private @Nullable FolderEntry next;

    private FolderWalk(FileSystem files, String base, Glob glob, FolderEntry folder, boolean deep) {
        this.files = files;
        this.base = base;
        this.glob = glob;
        this.deep = deep;
        this.folder = folder;
        waiting.add(folder);

        // A task can end before it has asked for the last entry.
        if (TaskContext.get() != null) {
            TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> close());
        }

        next = find();
    }

    /** The entries of one folder: files that the glob means and folders that it reaches. */
    static FolderWalk shallow(FileSystem files, String base, Glob glob, FolderEntry folder) {
        return new FolderWalk(files, base, glob, folder, false);
    }

    /** The files that the glob means, of one folder and all its folders. */
    static FolderWalk deep(FileSystem files, String base, Glob glob, FolderEntry folder) {
        return new FolderWalk(files, base, glob, folder, true);
    }

    /**
     * Whether a name is left out wherever it stands. A leading underscore alone does not hide: cameras write
     * {@code _DSC0001.jpg}.
     */
    static boolean isHidden(String name) {
        return name.startsWith(".") || name.equals("_SUCCESS");
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public FolderEntry next() {
        FolderEntry found = next;

        if (found == null) {
            throw new NoSuchElementException();
        }

        next = find();
        return found;
    }

    @Override
    public void close() {
        FolderContent closing = open;
        open = null;

        try {
            if (closing != null) {
                closing.close();
            }
        } catch (IOException e) {
            // All that was asked for has been read.
        }
    }

    private @Nullable FolderEntry find() {
        while (open != null || !waiting.isEmpty()) {
            FolderEntry entry = advance();

            if (entry == null) {
                close();
            } else if (entry.folder() && !deep && glob.reaches(entry.name())) {
                return entry;
            } else if (entry.folder() && glob.reaches(entry.name())) {
                waiting.push(entry);
            } else if (!entry.folder() && glob.matches(entry.name())) {
                return entry;
            }
        }

        return null;
    }

    /** The next entry of the open folder, or of the next one that waits, that is not hidden; null at the folder's end. */
    private @Nullable FolderEntry advance() {
        try {
            if (open == null) {
                folder = waiting.pop();
                open = FolderContent.open(files, base, folder);
            }

            FolderEntry entry = open.next();

            while (entry != null && isHidden(entry.fileName())) {
                entry = open.next();
            }

            return entry;
        } catch (IOException e) {
            close();
            throw new UserError(
                    "Folder " + FileTree.below(base, folder.name()) + " cannot be listed: " + Causes.sentence(e), e);
        }
    }
}
