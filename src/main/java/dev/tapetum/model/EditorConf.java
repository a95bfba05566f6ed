package dev.tapetum.model;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The content of {@code editor.conf}, key by key.
 *
 * @param format version of the bundle's form; this release reads {@value #FORMAT}
 * @param sha256 of every other file, in hexadecimal
 */
record EditorConf(
        int format,
        Size image,
        EditorCard.Latent latent,
        EditorCard.Tokens tokens,
        NoiseSchedule schedule,
        Digests sha256) {

    static final int FORMAT = 1;

    EditorConf {
        ConfFile.requireFormat(format, FORMAT);
    }

    /** Of the images, in pixels. */
    record Size(int width, int height) {

        Size {
            if (width < 1 || height < 1) {
                throw new IllegalArgumentException("width and height must be positive, not " + width + "x" + height);
            }
        }
    }

    /** One digest per file. */
    record Digests(String textEncoder, String unet, String vaeEncoder, String vaeDecoder, String tokenizer) {

        Map<String, String> byFile() {
            Map<String, String> digests = new LinkedHashMap<>();
            digests.put(EditorBundle.TEXT_ENCODER, textEncoder);
            digests.put(EditorBundle.UNET, unet);
            digests.put(EditorBundle.VAE_ENCODER, vaeEncoder);
            digests.put(EditorBundle.VAE_DECODER, vaeDecoder);
            digests.put(EditorBundle.TOKENIZER, tokenizer);
            return digests;
        }
    }

    static EditorConf read(Path file, String name) {
        return ConfFile.read(EditorConf.class, file, name, EditorBundle.EXPORTER, "");
    }

    EditorCard card(String name) {
        return new EditorCard(name, image.height(), image.width(), latent, tokens, schedule);
    }
}
