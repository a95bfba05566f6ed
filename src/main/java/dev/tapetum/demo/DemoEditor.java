package dev.tapetum.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The diffusion editor that comes with the program. */
public enum DemoEditor {
    /**
     * A miniature InstructPix2Pix for images of 64 × 64 pixels, trained on {@link Split#TRAIN} by {@code
     * src/main/python/train_demo_editor.py} and exported by {@code submit/export_editor.py}. It knows "make it red" (blue,
     * green, brighter, darker), and "brighten the background" and "darken the background"; of "make it greyscale" and "make it
     * more colourful" it has learnt too little to be relied on.
     */
    MINI;

    /** Copies the bundle's files into the directory, which is made if need be; files of the same name are replaced. */
    public void copyTo(Path directory) throws IOException {
        new BundledFolder(
                        "editors/" + name().toLowerCase(Locale.ROOT),
                        List.of(
                                "editor.conf",
                                "text-encoder.pt",
                                "unet.pt",
                                "vae-encoder.pt",
                                "vae-decoder.pt",
                                "tokenizer.json"))
                .copyTo(directory);
    }
}
