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
 * with the files. A folder that is not there or may not be read is the user's mistake, a storage that fails is not.
 */
final class FolderWalk implements Iterator<FolderEntry>, Closeable {
    private final PatientReading reading;
    private final FileSystem files;
    private final String base;
    private final Glob glob;
    private final boolean deep;
    private final Deque<FolderEntry> waiting = new ArrayDeque<>();

    private FolderEntry folder;
    private boolean atEnd = true;
    private @Nullable FolderContent open;
    /** How many entries of the folder have been taken, hidden ones too, and the last of them. */
    private long taken;

    private @Nullable FolderEntry last;
    private @Nullable FolderEntry next;

    private FolderWalk(PatientReading reading, String base, Glob glob, FolderEntry folder, boolean deep) {
        this.reading = reading;
        this.files = reading.hadoop().fileSystem(base);
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
    static FolderWalk shallow(PatientReading reading, String base, Glob glob, FolderEntry folder) {
        return new FolderWalk(reading, base, glob, folder, false);
    }

    /** The files that the glob means, of one folder and all its folders. */
    static FolderWalk deep(PatientReading reading, String base, Glob glob, FolderEntry folder) {
        return new FolderWalk(reading, base, glob, folder, true);
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
        while (!atEnd || !waiting.isEmpty()) {
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

    /** The next entry of the folder, or of the next one that waits, that is not hidden; null at the folder's end. */
    private @Nullable FolderEntry advance() {
        if (atEnd) {
            folder = waiting.pop();
            atEnd = false;
            taken = 0;
        }

        String path = FileTree.below(base, folder.name());

        try {
            do {
                last = reading.of(path, this::attempt).entry();
                taken++;
            } while (last != null && isHidden(last.fileName()));

            atEnd = last == null;
            return last;
        } catch (UnusableFileException e) {
            throw new UserError("Folder " + path + " cannot be listed: " + Causes.sentence(e.failure()), e);
        }
    }

    /** @param entry null at the folder's end */
    private record Found(@Nullable FolderEntry entry) {}

    /** Takes one entry; when that fails, the folder is opened again behind those that were taken. */
    private Found attempt() throws IOException {
        try {
            FolderContent content = open == null ? reopened() : open;
            return new Found(content.next());
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private FolderContent reopened() throws IOException {
        FolderContent content = FolderContent.open(files, base, folder);
        open = content;
        FolderEntry skipped = null;

        for (long i = 0; i < taken; i++) {
            skipped = content.next();
        }

        // In another order, some would be listed twice and others never.
        if (taken > 0 && (skipped == null || last == null || !skipped.name().equals(last.name()))) {
            throw new IOException("its listing broke off, and is another one now");
        }

        return content;
    }
}
