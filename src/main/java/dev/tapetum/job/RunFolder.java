package dev.tapetum.job;

import dev.tapetum.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where one run keeps what it may need again: {@code OUT/evidence/run_id=ID/} with the image index, the evidence of each
 * wave and the ledger of the waves that are committed.
 *
 * @param out the output directory, as the plan names it
 */
record RunFolder(String out, String runId, Configuration hadoop) {

    private static final String LEDGER = "ledger";

    Path root() {
        return new Path(out, "evidence/run_id=" + runId);
    }

    String index() {
        return new Path(root(), "index").toString();
    }

    String wave(int wave) {
        return new Path(root(), "wave=" + number(wave)).toString();
    }

    /** The folders of all waves that have evidence. Named one by one, since of a glob Spark warns that it does not exist. */
    String[] waves() {
        try {
            return Arrays.stream(files().globStatus(new Path(root(), "wave=*")))
                    .map(wave -> wave.getPath().toString())
                    .toArray(String[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path entry(int wave) {
        return new Path(root(), LEDGER + "/" + number(wave) + ".conf");
    }

    /** The pages that go with the tables: {@code OUT/reports/run_id=ID/}. */
    Path report(String file) {
        return new Path(out, "reports/run_id=" + runId + "/" + file);
    }

    boolean exists() {
        try {
            return files().exists(root());
        } catch (IOException e) {
            throw new UserError("run.output: " + out + " cannot be reached: " + e.getMessage(), e);
        }
    }

    void delete() {
        delete(root());
    }

    /** Deletes a file or a folder, if it is there. */
    void delete(Path fileOrFolder) {
        whole().delete(fileOrFolder);
    }

    boolean has(Path file) {
        return whole().has(file);
    }

    String read(Path file) {
        return whole().read(file);
    }

    /** Writes a small file that is there whole or not at all. */
    void write(Path file, byte[] content) {
        whole().write(file, content);
    }

    private WholeFiles whole() {
        try {
            return new WholeFiles(files());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FileSystem files() throws IOException {
        return root().getFileSystem(hadoop);
    }

    /** A wave in the name of a file, so that names are in the order of waves. */
    static String number(int wave) {
        return String.format(Locale.ROOT, "%05d", wave);
    }
}
