package dev.tapetum.job.source;

import dev.tapetum.config.DatasetSettings;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one tar shard, in order.
 *
 * <p>When the shard is damaged, the samples before the damage are listed, then one reject tells of the shard; its id is
 * the shard's with {@code #} behind. The sample that the damage follows goes with it: nobody knows whether it is whole.
 * A storage that fails while a shard is being read is no damage: it is tried again, and at last ends the task.
 */
final class ShardSamples implements Iterator<ListedImage>, Closeable {
    /** Local files are sought in for nothing; for a remote one, a new request costs more than to read a photograph. */
    private static final long REMOTE_READ_THROUGH = 1 << 20;

    private final PatientReading reading;
    private final ShardSample.Shard shard;
    private final List<TarMember> sample = new ArrayList<>();

    private @Nullable TarMembers members;
    /** Where the shard is read on, and the member before that, which starts the next sample. */
    private long position;

    private @Nullable TarMember first;
    private @Nullable ListedImage next;
    private boolean finished;

    ShardSamples(PatientReading reading, String path, FolderEntry entry, DatasetSettings dataset) {
        this.reading = reading;
        this.shard = new ShardSample.Shard(entry.name(), path, dataset);

        // A task can end before it has asked for the last sample.
        if (TaskContext.get() != null) {
            TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> close());
        }

        find();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public ListedImage next() {
        ListedImage found = next;

        if (found == null) {
            throw new NoSuchElementException();
        }

        find();
        return found;
    }

    @Override
    public void close() {
        TarMembers closing = members;
        members = null;

        try {
            if (closing != null) {
                closing.close();
            }
        } catch (IOException e) {
            // All that was asked for has been read.
        }
    }

    private void find() {
        next = null;

        try {
            while (next == null && !finished) {
                next = reading.of(shard.path(), this::attempt).listed();
            }
        } catch (UnusableFileException e) {
            finished = true;
            String during = sample.isEmpty() ? "" : "; sample " + ShardSample.key(sample.get(0)) + " goes with it";
            String what = e.failure() instanceof DamagedTarException damage
                    ? damage.getMessage()
                    : "it cannot be read: " + Causes.sentence(e.failure());
            next = shard.damaged(what + during);
        }

        if (next == null) {
            close();
        }
    }

    /** @param listed null when there is none before the end of the shard */
    private record Found(@Nullable ListedImage listed) {}

    /** Reads the next sample; when that fails, the shard is opened again where the last one ended. */
    private Found attempt() throws IOException {
        try {
            TarMembers tar = members == null ? open() : members;
            members = tar;
            sample.clear();
            TarMember member = first == null ? advance(tar) : first;

            while (member != null && (sample.isEmpty() || ShardSample.sameKey(member, sample.get(0)))) {
                sample.add(member);
                member = advance(tar);
            }

            Found found = new Found(sample.isEmpty() ? null : ShardSample.listed(shard, sample, tar));
            position = tar.position();
            first = member;
            finished = member == null;
            return found;
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private TarMembers open() throws IOException {
        Path file = new Path(shard.path());
        FileSystem files = reading.hadoop().ofFile(file);
        long length = files.getFileStatus(file).getLen();

        if (length < position) {
            throw new DamagedTarException("it was cut to " + length + " bytes while it was being read");
        }

        boolean local = files instanceof LocalFileSystem || files instanceof RawLocalFileSystem;
        FSDataInputStream in = files.open(file);
        TarMembers opened = new TarMembers(in, length, local ? 0 : REMOTE_READ_THROUGH);

        try {
            in.seek(position);
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** The next member that belongs to a sample. */
    private static @Nullable TarMember advance(TarMembers tar) throws IOException {
        TarMember member = tar.next();

        while (member != null && ShardSample.isAside(member)) {
            member = tar.next();
        }

        return member;
    }
}
