package dev.tapetum.model;

import dev.tapetum.UserError;
import dev.tapetum.image.Preprocessing;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.spec.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * A model as {@code submit/export_model.py} leaves it: a folder with the model itself and a {@code model.conf} that says
 * what goes in and what comes out.
 *
 * @param file the model itself, {@link #TORCHSCRIPT} or {@link #ONNX}
 * @param card what the model will be able to answer
 * @param preprocessing the way from a decoded image to the model's input
 * @param fileSha256 of each file of the bundle that holds a model, by its name, as {@code model.conf} states it
 * @param sha256 of all that decides what the model answers about an image: {@code fileSha256}, the preprocessing, the
 *     classes, the taps; not of the comments in {@code model.conf}
 */
public record ModelBundle(
        Path file, ModelCard card, Preprocessing preprocessing, Map<String, String> fileSha256, String sha256) {

    public static final String CONF = "model.conf";
    public static final String EXTENSION = ".pt";
    public static final String TORCHSCRIPT = "model" + EXTENSION;
    public static final String ONNX = "model.onnx";

    public ModelBundle {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(card, "card");
        Objects.requireNonNull(preprocessing, "preprocessing");
        fileSha256 = Map.copyOf(fileSha256);
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

        ModelCard card = conf.card(name, directory, forwardOnly);
        Path model = forwardOnly ? onnx : torchScript;
        return new ModelBundle(
                model,
                card,
                conf.input().preprocessing(),
                conf.digests(String.valueOf(model.getFileName())),
                Sha256.of(CanonicalText.of(conf) + CanonicalText.value(card.classes())));
    }

    /** The folder of the model and its {@code model.conf}. */
    public Path directory() {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
    }

    /** Compares the files with the digests that {@code model.conf} states. */
    public void verify() {
        new FileDigests(directory(), fileSha256).verify(card.name(), CONF);
    }
}
