package dev.tapetum.job.source;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.SparkSession;

/** Local files whose storage fails as often as a test says, each time that one is opened. */
public final class FlakyFileSystem extends RawLocalFileSystem {
    private static final AtomicInteger OPENED = new AtomicInteger();
    private static volatile int failures;
    private static volatile Supplier<IOException> failure = IOException::new;

    public static void register(SparkSession spark) {
        spark.sparkContext().hadoopConfiguration().set("fs.flaky.impl", FlakyFileSystem.class.getName());
    }

    /** From now on the first so many openings fail. */
    public static void failing(int times, Supplier<IOException> with) {
        OPENED.set(0);
        failures = times;
        failure = with;
    }

    /** How often a file was opened since, or was to be. */
    static int opened() {
        return OPENED.get();
    }

    @Override
    public FSDataInputStream open(Path path, int buffer) throws IOException {
        if (OPENED.incrementAndGet() <= failures) {
            throw failure.get();
        }

        return super.open(path, buffer);
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
