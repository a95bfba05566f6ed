package dev.tapetum.job.source;

import dev.tapetum.UserError;
import dev.tapetum.table.RecordEncoder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The files of a folder and its folders, or of a glob, listed by tasks.
 *
 * <p>The driver asks only whether the base is there. One task lists the base; what it finds is dealt out, every task lists
 * the folders that it got, one level deep; what they find is dealt out again and listed to the bottom. So a folder of
 * classes, a folder of {@code train} and {@code test} with classes in them and one flat folder of a million files all end
 * up spread over the tasks, and nobody ever holds a whole listing.
 *
 * @param base the folder that names are relative to, with scheme: a glob's longest part without a wildcard
 * @param start the base itself, or the only file
 * @param glob which files are meant
 */
record FileTree(HadoopSettings hadoop, String base, FolderEntry start, Glob glob) implements Serializable {
    /** Tasks per core, so that a large folder among small ones keeps only one of them waiting. */
    private static final int TASKS_PER_CORE = 4;

    /**
     * The tree of a location of the plan: a folder, a file, or a glob. A file or folder of exactly this name comes first,
     * so that {@code photos [2020]} is a folder where there is one.
     *
     * @param key where the plan says it, for errors
     * @throws UserError when there is nothing
     */
    static FileTree at(HadoopSettings hadoop, String location, String key) {
        FileSystem files = hadoop.fileSystem(location);
        int wildcard = Glob.firstWildcard(location);

        try {
            FileStatus status = files.getFileStatus(new Path(location));
            String path = files.makeQualified(new Path(location)).toString();
            return status.isDirectory() ? folder(hadoop, path, Glob.ALL) : file(hadoop, path, status.getLen());
        } catch (FileNotFoundException e) {
            if (wildcard < 0) {
                throw new UserError(key + " names " + location + ", which does not exist", e);
            }
        } catch (IOException e) {
            throw new UserError(key + " names " + location + ", which cannot be read: " + Causes.sentence(e), e);
        }

        int slash = location.lastIndexOf('/', wildcard);
        String base = slash < 0 ? "." : slash == 0 ? "/" : location.substring(0, slash);

        try {
            return folder(hadoop, folderOf(files, base, key), Glob.of(location.substring(slash + 1)));
        } catch (IllegalArgumentException e) {
            throw new UserError(key + " is no pattern: " + e.getMessage(), e);
        }
    }

    private static String folderOf(FileSystem files, String base, String key) {
        try {
            if (files.getFileStatus(new Path(base)).isDirectory()) {
                return files.makeQualified(new Path(base)).toString();
            }

            throw new UserError(key + " looks for files below " + base + ", which is not a folder");
        } catch (FileNotFoundException e) {
            throw new UserError(key + " looks for files below " + base + ", which does not exist", e);
        } catch (IOException e) {
            throw new UserError(key + " looks for files below " + base + ": " + Causes.sentence(e), e);
        }
    }

    private static FileTree folder(HadoopSettings hadoop, String path, Glob glob) {
        return new FileTree(hadoop, path, new FolderEntry("", FileRange.UNKNOWN, true), glob);
    }

    private static FileTree file(HadoopSettings hadoop, String path, long length) {
        int slash = path.lastIndexOf('/');
        return new FileTree(
                hadoop, path.substring(0, slash), new FolderEntry(path.substring(slash + 1), length, false), Glob.ALL);
    }

    /** Where an entry lies. */
    String path(FolderEntry entry) {
        return below(base, entry.name());
    }

    /** A path below a folder, which may be a root; the folder itself for an empty name. */
    static String below(String folder, String name) {
        return name.isEmpty() ? folder : (folder.endsWith("/") ? folder : folder + "/") + name;
    }

    /** All files, spread over the tasks. */
    Dataset<FolderEntry> files(SparkSession spark) {
        Encoder<FolderEntry> encoder = RecordEncoder.of(FolderEntry.class);
        int tasks = TASKS_PER_CORE * spark.sparkContext().defaultParallelism();
        // Lambdas take the record along, which is what it is for.
        FileTree tree = this;
        FlatMapFunction<FolderEntry, FolderEntry> level = entry -> tree.expand(entry, false);
        FlatMapFunction<FolderEntry, FolderEntry> bottom = entry -> tree.expand(entry, true);

        return spark.createDataset(List.of(start), encoder)
                .flatMap(level, encoder)
                .repartition(tasks, functions.col("name"))
                .flatMap(level, encoder)
                .repartition(tasks, functions.col("name"))
                .flatMap(bottom, encoder);
    }

    private Iterator<FolderEntry> expand(FolderEntry entry, boolean toTheBottom) {
        if (!entry.folder()) {
            return List.of(entry).iterator();
        }

        PatientReading reading = new PatientReading(hadoop, Patience.DEFAULT);
        return toTheBottom
                ? FolderWalk.deep(reading, base, glob, entry)
                : FolderWalk.shallow(reading, base, glob, entry);
    }
}
