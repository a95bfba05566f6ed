package dev.tapetum.model;

import dev.tapetum.UserError;
import dev.tapetum.image.Preprocessing;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A model as {@code submit/export_model.py} leaves it: a folder with the model itself and a {@code model.conf} that says
 * what goes in and what comes out.
 *
 * @param file the model itself, {@link #TORCHSCRIPT} or {@link #ONNX}
 * @param card what the model will be able to answer
 * @param preprocessing the way from a decoded image to the model's input
 * @param sha256 of {@code file}, as {@code model.conf} states it
 */
public record ModelBundle(Path file, ModelCard card, Preprocessing preprocessing, String sha256) {

    public static final String CONF = "model.conf";
    public static final String TORCHSCRIPT = "model.pt";
    public static final String ONNX = "model.onnx";

    public ModelBundle {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(card, "card");
        Objects.requireNonNull(preprocessing, "preprocessing");
        Objects.requireNonNull(sha256, "sha256");
    }

    /**
     * Reads {@code model.conf}; the model itself is only looked for.
     *
     * @param name how errors call the bundle: the path that the user gave
     */
    public static ModelBundle read(Path directory, String name) {
        BundleConf conf = BundleConf.read(directory.resolve(CONF), name);
        Path torchScript = directory.resolve(TORCHSCRIPT);
        Path onnx = directory.resolve(ONNX);
        boolean forwardOnly = !Files.isRegularFile(torchScript);
        if (forwardOnly && !Files.isRegularFile(onnx)) {
            throw new UserError(name + " has neither " + TORCHSCRIPT + " nor " + ONNX
                    + "; make a bundle with submit/export_model.py");
        }

        return new ModelBundle(
                forwardOnly ? onnx : torchScript,
                conf.card(name, directory, forwardOnly),
                conf.input().preprocessing(),
                conf.sha256());
    }

    /** The folder of the model and its {@code model.conf}. */
    public Path directory() {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
    }

    /** Compares the file with the digest that {@code model.conf} states. */
    public void verify() {
        String actual = digest(file);
        if (!actual.equalsIgnoreCase(sha256)) {
            throw new UserError(card.name() + ": " + file.getFileName() + " has sha256 " + actual
                    + ", but model.conf says " + sha256 + "; copy the bundle again, or export it again");
        }
    }

    private static String digest(Path file) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
                in.transferTo(OutputStream.nullOutputStream());
            }

            return HexFormat.of().formatHex(sha256.digest());
        } catch (IOException e) {
            throw new UserError(file + " cannot be read: " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
