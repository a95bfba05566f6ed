package dev.tapetum.job.source;

import java.net.URI;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.SparkSession;

/** Local files under a scheme of their own, which nothing in the program knows: a stand-in for any remote file system. */
public final class PlainFileSystem extends RawLocalFileSystem {
    private static final URI ROOT = URI.create("plain:///");

    static void register(SparkSession spark) {
        spark.sparkContext().hadoopConfiguration().set("fs.plain.impl", PlainFileSystem.class.getName());
    }

    @Override
    public URI getUri() {
        return ROOT;
    }

    @Override
    public String getScheme() {
        return "plain";
    }
}
