package dev.tapetum.job.source;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Local files whose storage fails as often as a test says, when one is opened or in the middle of it. */
public final class FlakyFileSystem extends RawLocalFileSystem {
    private static final AtomicInteger OPENED = new AtomicInteger();
    private static final AtomicInteger BREAKS = new AtomicInteger();
    private static volatile int failures;
    private static volatile int breaksAfter;
    private static volatile @Nullable Supplier<IOException> look;
    private static volatile Supplier<IOException> failure = IOException::new;

    public static void register(SparkSession spark) {
        spark.sparkContext().hadoopConfiguration().set("fs.flaky.impl", FlakyFileSystem.class.getName());
    }

    /** From now on the first so many openings fail. */
    public static void failing(int times, Supplier<IOException> with) {
        OPENED.set(0);
        BREAKS.set(0);
        look = null;
        failures = times;
        failure = with;
    }

    /** From now on each file breaks off at a byte, and each folder after an entry, until that happened so many times. */
    public static void breaking(int after, int times, Supplier<IOException> with) {
        failing(0, with);
        breaksAfter = after;
        BREAKS.set(times);
    }

    /** From now on until the next instruction, to ask for a file's status fails. */
    static void failingToLook(Supplier<IOException> with) {
        look = with;
    }

    /** How often a file was opened since, or was to be. */
    public static int opened() {
        return OPENED.get();
    }

    @Override
    public FSDataInputStream open(Path path, int buffer) throws IOException {
        if (OPENED.incrementAndGet() <= failures) {
            throw failure.get();
        }

        return new FSDataInputStream(new Breaking(super.open(path, buffer)));
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        Supplier<IOException> failing = look;

        if (failing != null) {
            throw failing.get();
        }

        return super.getFileStatus(path);
    }

    @Override
    public RemoteIterator<FileStatus> listStatusIterator(Path folder) throws IOException {
        FileStatus[] all = listStatus(folder);
        Arrays.sort(all);
        return new RemoteIterator<>() {
            private int taken;

            @Override
            public boolean hasNext() throws IOException {
                breakAt(taken);
                return taken < all.length;
            }

            @Override
            public FileStatus next() {
                return all[taken++];
            }
        };
    }

    private static void breakAt(long position) throws IOException {
        if (position >= breaksAfter && BREAKS.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw failure.get();
        }
    }

    private static final class Breaking extends FSInputStream {
        private final FSDataInputStream in;

        Breaking(FSDataInputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            breakAt(getPos());
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            breakAt(getPos());
            return in.read(bytes, from, length);
        }

        @Override
        public void seek(long position) throws IOException {
            in.seek(position);
        }

        @Override
        public long getPos() throws IOException {
            return in.getPos();
        }

        @Override
        public boolean seekToNewSource(long position) throws IOException {
            return in.seekToNewSource(position);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    @Override
    public URI getUri() {
        return URI.create("flaky:///");
    }

    @Override
    public String getScheme() {
        return "flaky";
    }
}
