package dev.tapetum.job;

import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.sae.Objective;
import dev.tapetum.sae.SaeBundle;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.spec.Sha256;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where autoencoders are trained: {@code harvest/} with the images' list, their activations and the ledger of the waves that are
 * committed, {@code checkpoints/}, and a bundle per objective.
 *
 * @param output the folder, as the plan names it
 */
record SaeFolder(String output, HadoopSettings hadoop) implements Serializable {

    private static final int DIGITS = 8;

    Path harvest() {
        return new Path(output, "harvest");
    }

    String index() {
        return new Path(harvest(), "index").toString();
    }

    /** What was harvested, of what: a text that says all that the activations depend on. */
    Path origin() {
        return new Path(harvest(), "origin.txt");
    }

    String activations() {
        return new Path(harvest(), "activations").toString();
    }

    String wave(int wave) {
        return activations() + "/wave=" + RunFolder.number(wave);
    }

    Path entry(int wave) {
        return new Path(harvest(), "ledger/" + RunFolder.number(wave) + ".conf");
    }

    Path checkpoints() {
        return new Path(output, "checkpoints");
    }

    /** @param training names what is trained and how, in hexadecimal */
    Path checkpoint(String training) {
        return new Path(checkpoints(), training + ".safetensors");
    }

    /** The folder of an objective's bundle, named after it and a digest of its parameters. */
    String bundle(Objective objective) {
        String text = CanonicalText.of((Record) objective);
        String name = CanonicalText.name((Record) objective);
        return new Path(output, name + "-" + Sha256.of(text).substring(0, DIGITS)).toString();
    }

    boolean has(Path file) {
        return whole().has(file);
    }

    void delete(Path fileOrFolder) {
        whole().delete(fileOrFolder);
    }

    String read(Path file) {
        return whole().read(file);
    }

    /** Writes a small file that is there whole or not at all. */
    void write(Path file, byte[] content) {
        whole().write(file, content);
    }

    /** Copies a local file to where it is whole or not at all. */
    void put(java.nio.file.Path local, Path file) throws IOException {
        whole().put(local, file);
    }

    /** Copies a file to this machine. */
    void fetch(Path file, java.nio.file.Path local) throws IOException {
        files().copyToLocalFile(false, file, new Path(local.toUri()), true);
    }

    /** Writes a bundle where the plan wants it; its conf comes last, as {@link SaeBundle#write} does it. */
    void put(SaeBundle bundle, String folder) throws IOException {
        Path conf = new Path(folder, SaeBundle.CONF);
        files().delete(conf, false);
        put(bundle.directory().resolve(SaeBundle.WEIGHTS), new Path(folder, SaeBundle.WEIGHTS));
        put(bundle.directory().resolve(SaeBundle.CONF), conf);
    }

    /** Work on local files. */
    interface LocalWork {
        void in(java.nio.file.Path scratch) throws IOException;
    }

    /** Does work in a folder of this machine that is gone afterwards. */
    static void inScratch(LocalWork work) {
        try {
            java.nio.file.Path scratch = Files.createTempDirectory("tapetum-sae-");
            try {
                work.in(scratch);
            } finally {
                try (Stream<java.nio.file.Path> files = Files.list(scratch)) {
                    for (java.nio.file.Path file : files.toList()) {
                        Files.delete(file);
                    }
                }

                Files.delete(scratch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WholeFiles whole() {
        return new WholeFiles(files());
    }

    private FileSystem files() {
        return hadoop.fileSystem(output);
    }
}
