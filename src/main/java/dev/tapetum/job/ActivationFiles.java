package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.spec.SplitMix64;
import dev.tapetum.table.ActivationRow;
import dev.tapetum.table.MapEncoding;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.jspecify.annotations.Nullable;

/**
 * The {@link ActivationRow}s of a harvest, read file by file on one thread, without a Spark job: an autoencoder takes them in one
 * long pass, and a row group at a time is all that is in memory.
 *
 * <p>Files come in an order drawn by the seed from the order of their paths; the rows of a file in the order in which they were
 * written. Rows without positions, of images that were rejected, are passed over. What begins with an underscore or a dot is no part
 * of the harvest, as for Spark.
 */
public final class ActivationFiles implements Iterator<ActivationRow>, AutoCloseable {

    private static final String EXTENSION = ".parquet";

    private final Configuration hadoop;
    private final Deque<Path> files;
    private @Nullable ParquetReader<Group> reader;
    private @Nullable Group next;

    private ActivationFiles(Configuration hadoop, List<Path> files) {
        this.hadoop = hadoop;
        this.files = new ArrayDeque<>(files);
    }

    /**
     * Starts at the first row.
     *
     * @param folder with Parquet files in it, or in folders in it
     * @throws UserError if there are none
     */
    public static ActivationFiles open(Configuration hadoop, String folder, long seed) {
        List<Path> files = found(hadoop, new Path(folder));
        if (files.isEmpty()) {
            throw new UserError("There are no activations in '" + folder + "': harvest them first");
        }

        SplitMix64 random = new SplitMix64(seed);
        for (int i = files.size() - 1; i > 0; i--) {
            Collections.swap(files, i, random.below(i + 1));
        }

        ActivationFiles opened = new ActivationFiles(hadoop, files);
        opened.advance();
        return opened;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    /** @throws UncheckedIOException if a file cannot be read */
    @Override
    public ActivationRow next() {
        if (next == null) {
            throw new NoSuchElementException();
        }

        ActivationRow row = row(next);
        advance();
        return row;
    }

    @Override
    public void close() {
        try {
            if (reader != null) {
                reader.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void advance() {
        try {
            do {
                next = read();
            } while (next != null && next.getFieldRepetitionCount("positions") == 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Group read() throws IOException {
        Group read = reader == null ? null : reader.read();
        while (read == null && !files.isEmpty()) {
            close();
            reader = ParquetReader.builder(new GroupReadSupport(), files.remove())
                    .withConf(hadoop)
                    .build();
            read = reader.read();
        }

        return read;
    }

    private static ActivationRow row(Group group) {
        Group list = group.getGroup("positions", 0);
        int[] positions = new int[list.getFieldRepetitionCount(0)];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = list.getGroup(0, i).getInteger(0, 0);
        }

        return new ActivationRow(
                group.getString("image_id", 0),
                positions,
                group.getInteger("width", 0),
                MapEncoding.valueOf(group.getString("encoding", 0).toUpperCase(Locale.ROOT)),
                group.getBinary("values", 0).getBytes());
    }

    private static List<Path> found(Configuration hadoop, Path folder) {
        List<Path> files = new ArrayList<>();
        try {
            FileSystem system = folder.getFileSystem(hadoop);
            Path root = system.makeQualified(folder);
            RemoteIterator<LocatedFileStatus> all = system.listFiles(root, true);
            while (all.hasNext()) {
                Path file = all.next().getPath();
                if (file.getName().endsWith(EXTENSION) && !isHidden(file, root)) {
                    files.add(file);
                }
            }
        } catch (FileNotFoundException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }

        Collections.sort(files);
        return files;
    }

    private static boolean isHidden(Path file, Path root) {
        for (Path part = file; part != null && !part.equals(root); part = part.getParent()) {
            if (part.getName().startsWith("_") || part.getName().startsWith(".")) {
                return true;
            }
        }

        return false;
    }
}
