package dev.tapetum.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The sparse autoencoder that comes with the program. */
public enum DemoAutoencoder {
    /**
     * Of {@link DemoModel#VIT} at its tap {@code patches}, trained on {@link Split#TRAIN} by {@code
     * src/main/python/train_demo_autoencoder.py}. Its feature {@link #CUE_FEATURE} is the tag.
     */
    VIT;

    /**
     * The feature that is active in all images with the cue, and without which the cue is not followed: so training images say, and
     * an audit of the demo's finds it again.
     */
    public static final int CUE_FEATURE = 172;

    /** Copies the bundle's files into the directory, which is made if need be; files of the same name are replaced. */
    public void copyTo(Path directory) throws IOException {
        new BundledFolder("autoencoders/" + name().toLowerCase(Locale.ROOT), List.of("sae.conf", "sae.safetensors"))
                .copyTo(directory);
    }
}
