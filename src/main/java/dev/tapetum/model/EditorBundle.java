package dev.tapetum.model;

import dev.tapetum.UserError;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.spec.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * An instruction-guided latent diffusion model as {@code submit/export_editor.py} leaves it: a folder with the parts of the
 * model, its tokenizer, and an {@code editor.conf} that says how they belong together.
 *
 * @param fileSha256 of each file besides {@code editor.conf}, by its name, as that states it
 * @param sha256 of all that decides what the model paints: {@code fileSha256}, shapes, tokens and schedule; not of the
 *     comments in {@code editor.conf}
 */
public record EditorBundle(Path directory, EditorCard card, Map<String, String> fileSha256, String sha256) {

    public static final String CONF = "editor.conf";
    public static final String TEXT_ENCODER = "text-encoder.pt";
    public static final String UNET = "unet.pt";
    public static final String VAE_ENCODER = "vae-encoder.pt";
    public static final String VAE_DECODER = "vae-decoder.pt";
    public static final String TOKENIZER = "tokenizer.json";

    static final String EXPORTER = "submit/export_editor.py";

    public EditorBundle {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(card, "card");
        fileSha256 = Map.copyOf(fileSha256);
        Objects.requireNonNull(sha256, "sha256");
    }

    /**
     * Reads {@code editor.conf}; the other files are only looked for.
     *
     * @param name how errors call the bundle: the path that the user gave
     */
    public static EditorBundle read(Path directory, String name) {
        EditorConf conf = EditorConf.read(directory.resolve(CONF), name);
        Map<String, String> digests = conf.sha256().byFile();
        for (String file : digests.keySet()) {
            if (!Files.isRegularFile(directory.resolve(file))) {
                throw new UserError(name + " has no " + file + "; make a bundle with " + EXPORTER);
            }
        }

        return new EditorBundle(directory, conf.card(name), digests, Sha256.of(CanonicalText.of(conf)));
    }

    /** Compares the files with the digests that {@code editor.conf} states. */
    public void verify() {
        new FileDigests(directory, fileSha256).verify(card.name(), CONF);
    }
}
