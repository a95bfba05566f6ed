package dev.tapetum.job.source;

import static java.util.Objects.requireNonNull;

import dev.tapetum.config.DatasetSettings;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
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
 */
final class ShardSamples implements Iterator<ListedImage>, Closeable {
    /** Local files are sought in for nothing; for a remote one, a new request costs more than to read a photograph. */
    private static final long REMOTE_READ_THROUGH = 1 << 20;

    private final ShardSample.Shard shard;
    private final @Nullable TarMembers members;

    private @Nullable TarMember first;
    private @Nullable ListedImage next;
    private boolean finished;

    ShardSamples(HadoopSettings hadoop, String path, FolderEntry entry, DatasetSettings dataset) {
        this.shard = new ShardSample.Shard(entry.name(), path, dataset);
        TarMembers opened = null;
        ListedImage found;

        try {
            Path file = new Path(path);
            FileSystem files = hadoop.ofFile(file);
            long length = files.getFileStatus(file).getLen();
            boolean local = files instanceof LocalFileSystem || files instanceof RawLocalFileSystem;
            opened = new TarMembers(files.open(file), length, local ? 0 : REMOTE_READ_THROUGH);
            found = null;
        } catch (IOException e) {
            finished = true;
            found = shard.damaged("it cannot be read: " + Causes.sentence(e));
        }

        this.members = opened;

        // A task can end before it has asked for the last sample.
        if (TaskContext.get() != null) {
            TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> close());
        }

        this.next = found == null ? find() : found;
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

        next = find();
        return found;
    }

    @Override
    public void close() {
        try {
            if (members != null) {
                members.close();
            }
        } catch (IOException e) {
            // All that was asked for has been read.
        }
    }

    private @Nullable ListedImage find() {
        if (finished) {
            close();
            return null;
        }

        TarMembers tar = requireNonNull(members, "an open shard");
        List<TarMember> sample = new ArrayList<>();

        try {
            TarMember member = first == null ? advance(tar) : first;
            first = null;

            while (member != null && (sample.isEmpty() || ShardSample.sameKey(member, sample.get(0)))) {
                sample.add(member);
                member = advance(tar);
            }

            first = member;
            finished = member == null;
            return sample.isEmpty() ? find() : ShardSample.listed(shard, sample, tar);
        } catch (IOException e) {
            finished = true;
            String during = sample.isEmpty() ? "" : "; sample " + ShardSample.key(sample.get(0)) + " goes with it";
            String what =
                    e instanceof DamagedTarException ? e.getMessage() : "it cannot be read: " + Causes.sentence(e);
            return shard.damaged(what + during);
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
