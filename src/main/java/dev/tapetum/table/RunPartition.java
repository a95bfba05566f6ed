package dev.tapetum.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;

/**
 * The directory of one run within a table, and how it is replaced: the new files are written to a staging directory
 * beside it, the old directory is put aside, the staging directory renamed into its place, the old one deleted.
 *
 * <ul>
 *   <li>Where a rename is atomic (local disks, HDFS), a reader sees the old files, for an instant none, then the new
 *       ones, never a mixture. A writer killed in that instant leaves the old files aside; the next one puts them back
 *       before it starts.
 *   <li>On an object store (S3A) a rename copies file by file, so a reader may meet a part of the new files. Judge there
 *       by the run's row in {@code runs}, which is written when all its other tables are.
 *   <li>Names that begin with an underscore are invisible to Spark's readers.
 *   <li>One writer per run at a time; different runs do not meet.
 * </ul>
 */
final class RunPartition {
    private final FileSystem files;
    private final Path current;
    private final Path staging;
    private final Path replaced;

    private RunPartition(FileSystem files, Path table, String runId) {
        this.files = files;
        this.current = new Path(table, ExternalCatalogUtils.getPartitionPathString(Table.RUN_ID, runId));
        String escaped = ExternalCatalogUtils.escapePathName(runId);
        this.staging = new Path(table, "_staging-" + escaped);
        this.replaced = new Path(table, "_replaced-" + escaped);
    }

    static RunPartition of(SparkSession spark, Path table, String runId) {
        if (runId.isEmpty()) {
            throw new IllegalArgumentException("A run needs an id to write " + table.getName());
        }

        return new RunPartition(fileSystem(spark, table), table, runId);
    }

    static boolean exists(SparkSession spark, Path table) {
        try {
            return fileSystem(spark, table).exists(table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the directory by what the writer puts into the one that it is given. */
    void replace(Consumer<String> writer) {
        try {
            if (!files.exists(current) && files.exists(replaced)) {
                rename(replaced, current);
            }

            files.delete(replaced, true);
            files.delete(staging, true);
            writer.accept(staging.toString());
            swap();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void swap() throws IOException {
        boolean again = files.exists(current);

        if (again) {
            rename(current, replaced);
        }

        try {
            rename(staging, current);
        } catch (IOException e) {
            if (again) {
                rename(replaced, current);
            }

            throw e;
        }

        files.delete(replaced, true);
    }

    private void rename(Path from, Path to) throws IOException {
        if (!files.rename(from, to)) {
            throw new IOException("Cannot rename " + from + " to " + to);
        }
    }

    private static FileSystem fileSystem(SparkSession spark, Path path) {
        Configuration configuration = spark.sparkContext().hadoopConfiguration();

        try {
            return path.getFileSystem(configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
