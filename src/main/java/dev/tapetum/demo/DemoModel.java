package dev.tapetum.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The two classifiers that come with the program, trained on {@link Split#TRAIN} by {@code src/main/python/train_demo_models.py}
 * and exported by {@code submit/export_model.py}.
 */
public enum DemoModel {
    /**
     * A residual CNN with batch norm, dropout and ReLU; spatial taps {@code block2} and {@code block3}, and copies of it
     * that are randomised down to either and throughout.
     */
    CNN(3),

    /**
     * A vision transformer with GELU and a class token; a spatial tap {@code patches} before its first layer, token taps
     * {@code layer2} and {@code layer3}.
     */
    VIT(0);

    private final int randomised;

    DemoModel(int randomised) {
        this.randomised = randomised;
    }

    /** Whether the bundle has randomised copies of the model. */
    public boolean isRandomised() {
        return randomised > 0;
    }

    /** Copies the bundle's files into the directory, which is made if need be; files of the same name are replaced. */
    public void copyTo(Path directory) throws IOException {
        List<String> files = new ArrayList<>(List.of("model.conf", "model.pt"));
        for (int i = 1; i <= randomised; i++) {
            files.add("randomised-" + i + ".pt");
        }

        new BundledFolder("models/" + name().toLowerCase(Locale.ROOT), files).copyTo(directory);
    }
}
