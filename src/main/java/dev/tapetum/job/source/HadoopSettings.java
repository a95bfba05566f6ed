package dev.tapetum.job.source;

import dev.tapetum.UserError;
import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The driver's Hadoop configuration, wherever a task runs: what {@code spark-submit --conf spark.hadoop.…} sets holds
 * for HDFS and S3 on executors too, where a new {@link Configuration} would know only the files on its class path.
 */
public record HadoopSettings(Broadcast<SerializableConfiguration> shared) implements Serializable {
    /** Ships the configuration of the session's Spark context once to every executor. */
    public static HadoopSettings of(SparkSession spark) {
        return new HadoopSettings(SerializableConfiguration.broadcast(spark.sparkContext()));
    }

    /** The configuration; it is shared by all tasks of the JVM, so nobody may change it. */
    public Configuration configuration() {
        return shared.value().value();
    }

    /**
     * The file system of a location that a plan names.
     *
     * @throws UserError when the location is no path, its scheme is not known here, or its file system does not answer
     */
    public FileSystem fileSystem(String location) {
        try {
            return new Path(location).getFileSystem(configuration());
        } catch (IllegalArgumentException e) {
            throw new UserError("'" + location + "' is not a path: " + e.getMessage(), e);
        } catch (UnsupportedFileSystemException e) {
            throw unknown(location, e);
        } catch (IOException e) {
            throw new UserError("The file system of '" + location + "' does not answer: " + Causes.sentence(e), e);
        } catch (RuntimeException e) {
            // Hadoop knows the scheme, and names a class for it that is not there.
            throw e.getCause() instanceof ClassNotFoundException ? unknown(location, e) : e;
        }
    }

    private static UserError unknown(String location, Exception cause) {
        return new UserError(
                "No file system is known for '" + location
                        + "': start with the jar that brings it, for s3a: --packages org.apache.hadoop:hadoop-aws:VERSION",
                cause);
    }

    /**
     * The file system that a file is read from. Hadoop's local one looks for a checksum beside each file, and fails when
     * it spells the name of one whose file has a colon in it, as times of day have; such files are read without.
     */
    FileSystem ofFile(Path file) throws IOException {
        FileSystem files = file.getFileSystem(configuration());
        return files instanceof LocalFileSystem local && file.getName().contains(":")
                ? local.getRawFileSystem()
                : files;
    }

    /** The location with scheme and from the root, as tasks and tables need it. */
    public String qualified(String location) {
        return fileSystem(location).makeQualified(new Path(location)).toString();
    }
}
