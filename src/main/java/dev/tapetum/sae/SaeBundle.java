package dev.tapetum.sae;

import dev.tapetum.UserError;
import dev.tapetum.model.FileDigests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An autoencoder on disk: a folder with {@value #WEIGHTS}, which Python's safetensors reads, and {@value #CONF}, which says what it
 * is. The tensors are named and shaped as in SAELens: {@code W_enc} d × n, {@code b_enc} n, {@code W_dec} n × d, {@code b_dec} d;
 * besides {@code mean} d and {@code scale} 1 of the tokens' normalisation and, where the activation is {@code threshold},
 * {@code threshold} n. A bundle that has been judged by images says besides how large its features get in
 * them, see {@link FeatureExtents}: {@code max_activation} n and, of whole numbers of 64 bits, {@code active_images} n and {@code
 * judged_images} 1. Of earlier releases there are judged bundles without these three.
 *
 * @param directory the folder
 * @param tap the model's tap whose tokens it reads
 * @param modelSha256 of the bundle of the model, {@code ModelBundle.sha256()}, in hexadecimal
 * @param sha256 of the weights, in hexadecimal
 * @param width values of a token
 * @param features number of latents
 * @param activation which latents are active
 * @param objective what it was trained for; null when that is not known
 * @param quality null when nobody has measured it
 */
public record SaeBundle(
        Path directory,
        String tap,
        String modelSha256,
        String sha256,
        int width,
        int features,
        Activation activation,
        @Nullable Objective objective,
        @Nullable Quality quality) {

    public static final String CONF = "sae.conf";
    public static final String WEIGHTS = "sae.safetensors";

    private static final String MAXIMA = "max_activation";
    private static final String ACTIVE = "active_images";
    private static final String IMAGES = "judged_images";

    /**
     * Writes a bundle over what is in the folder; the conf comes last, so that a folder that has one is whole.
     *
     * @throws UserError if the folder cannot be written
     */
    public static SaeBundle write(
            Path directory,
            SparseAutoencoder autoencoder,
            String tap,
            String modelSha256,
            @Nullable Objective objective,
            @Nullable Quality quality,
            @Nullable FeatureExtents extents) {
        try {
            Files.createDirectories(directory);
            Files.deleteIfExists(directory.resolve(CONF));
            SortedMap<String, Tensor> tensors = tensors(autoencoder);
            if (extents != null) {
                tensors.put(MAXIMA, Tensor.Floats.of(extents.maxima()));
                tensors.put(ACTIVE, Tensor.Longs.of(extents.active()));
                tensors.put(IMAGES, Tensor.Longs.of(extents.images()));
            }

            Safetensors.write(directory.resolve(WEIGHTS), tensors);
            SaeConf conf = new SaeConf(
                    SaeConf.FORMAT,
                    tap,
                    autoencoder.width(),
                    autoencoder.features(),
                    autoencoder.activation(),
                    objective,
                    modelSha256,
                    FileDigests.digest(directory.resolve(WEIGHTS)),
                    quality);
            Files.writeString(directory.resolve(CONF), conf.text());
            return of(directory, conf);
        } catch (IOException e) {
            throw new UserError(directory + " cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Reads {@value #CONF}; the weights are only looked for.
     *
     * @param name how errors call the bundle: the path that the user gave
     */
    public static SaeBundle read(Path directory, String name) {
        SaeConf conf = SaeConf.read(directory.resolve(CONF), name);
        if (!Files.isRegularFile(directory.resolve(WEIGHTS))) {
            throw new UserError(name + " has no " + WEIGHTS + "; make a bundle with " + SaeConf.MAKER);
        }

        return of(directory, conf);
    }

    /**
     * Reads the weights, once they are found to be those that {@value #CONF} speaks of.
     *
     * @param name how errors call the bundle
     */
    public SparseAutoencoder load(String name) {
        Weights weights = weights(name);
        float[] scale = weights.get("scale", 1);
        try {
            return new SparseAutoencoder(
                    new Normalisation(weights.get("mean", width), scale[0]),
                    activation,
                    weights.get("W_enc", width, features),
                    weights.get("b_enc", features),
                    weights.get("W_dec", features, width),
                    weights.get("b_dec", width),
                    activation instanceof Activation.Threshold ? weights.get("threshold", features) : new float[0]);
        } catch (IllegalArgumentException e) {
            throw new UserError(name + ": " + e.getMessage() + "; train the autoencoder again", e);
        }
    }

    /**
     * Reads how large its features get in the images that it was judged by, from the same file as {@link #load}.
     *
     * @param name how errors call the bundle
     * @return null when it was not judged, or by a release that did not keep this
     */
    public @Nullable FeatureExtents extents(String name) {
        Weights weights = weights(name);
        return weights.tensors.containsKey(MAXIMA)
                ? new FeatureExtents(
                        weights.counts(IMAGES, 1)[0], weights.get(MAXIMA, features), weights.counts(ACTIVE, features))
                : null;
    }

    private Weights weights(String name) {
        new FileDigests(directory, Map.of(WEIGHTS, sha256)).verify(name, CONF);
        return new Weights(name, Safetensors.read(directory.resolve(WEIGHTS)));
    }

    private record Weights(String name, SortedMap<String, Tensor> tensors) {

        float[] get(String tensor, long... shape) {
            if (tensors.get(tensor) instanceof Tensor.Floats floats && Arrays.equals(floats.shape(), shape)) {
                return floats.values();
            }

            throw lacks(tensor, "F32", shape);
        }

        long[] counts(String tensor, long... shape) {
            if (tensors.get(tensor) instanceof Tensor.Longs longs && Arrays.equals(longs.shape(), shape)) {
                return longs.values();
            }

            throw lacks(tensor, "I64", shape);
        }

        private UserError lacks(String tensor, String type, long... shape) {
            return new UserError(
                    name + ": " + WEIGHTS + " lacks a tensor " + tensor + " of " + type + " with the shape "
                            + Arrays.toString(shape) + " that " + CONF + " asks for; make the bundle again");
        }
    }

    private static SaeBundle of(Path directory, SaeConf conf) {
        return new SaeBundle(
                directory,
                conf.tap(),
                conf.modelSha256(),
                conf.sha256(),
                conf.width(),
                conf.features(),
                conf.activation(),
                conf.objective(),
                conf.metrics());
    }

    private static SortedMap<String, Tensor> tensors(SparseAutoencoder autoencoder) {
        int width = autoencoder.width();
        int features = autoencoder.features();
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        tensors.put("mean", Tensor.Floats.of(autoencoder.normalisation().mean()));
        tensors.put("scale", Tensor.Floats.of(autoencoder.normalisation().scale()));
        tensors.put("W_enc", new Tensor.Floats(new long[] {width, features}, autoencoder.encoder()));
        tensors.put("b_enc", Tensor.Floats.of(autoencoder.encoderBias()));
        tensors.put("W_dec", new Tensor.Floats(new long[] {features, width}, autoencoder.decoder()));
        tensors.put("b_dec", Tensor.Floats.of(autoencoder.decoderBias()));
        if (autoencoder.activation() instanceof Activation.Threshold) {
            tensors.put("threshold", Tensor.Floats.of(autoencoder.thresholds()));
        }

        return tensors;
    }
}
