package dev.tapetum.sae;

import dev.tapetum.model.ConfFile;
import dev.tapetum.spec.CanonicalText;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code sae.conf}, key by key.
 *
 * @param format version of the bundle's form; this release reads {@value #FORMAT}
 * @param tap the model's tap whose tokens it reads
 * @param width values of a token
 * @param features number of latents
 * @param activation which latents are active
 * @param objective what it was trained for; null when that is not known
 * @param modelSha256 of the model's bundle, in hexadecimal
 * @param sha256 of the file of weights, in hexadecimal
 * @param metrics how good it is; null when nobody has measured it
 */
record SaeConf(
        int format,
        String tap,
        int width,
        int features,
        Activation activation,
        @Nullable Objective objective,
        String modelSha256,
        String sha256,
        @Nullable Quality metrics) {

    static final int FORMAT = 1;
    static final String MAKER = "tapetum sae train";

    SaeConf {
        ConfFile.requireFormat(format, FORMAT);
        if (width < 1) {
            throw new IllegalArgumentException("width must be at least 1, not " + width);
        }

        if (features < 1) {
            throw new IllegalArgumentException("features must be at least 1, not " + features);
        }
    }

    static SaeConf read(Path file, String name) {
        return ConfFile.read(SaeConf.class, file, name, MAKER, "objective = null, metrics = null");
    }

    /** The text of the file. */
    String text() {
        return String.format(
                Locale.ROOT,
                """
                # A sparse autoencoder; its weights, its thresholds, the normalisation of its tokens and, once it is judged, how large its features get are in %s.
                format = %d
                tap = %s
                width = %d
                features = %d
                activation = %s
                objective = %s
                model-sha256 = %s
                sha256 = %s
                metrics = %s
                """,
                SaeBundle.WEIGHTS,
                format,
                CanonicalText.value(tap),
                width,
                features,
                quoted(activation),
                quoted(objective),
                CanonicalText.value(modelSha256),
                CanonicalText.value(sha256),
                quoted(metrics));
    }

    /** A record's text, in quotation marks because its commas and parentheses mean something else in HOCON. */
    private static String quoted(@Nullable Object member) {
        return member == null
                ? "null"
                : "\"" + CanonicalText.of((Record) member).replace("\"", "\\\"") + "\"";
    }
}
