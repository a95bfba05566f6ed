package dev.tapetum.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** The entry for the script that trains the demo models, so that they learn from the renderer that the demo audits. */
final class RenderDataset {
    private RenderDataset() {}

    /** Arguments: the split (train or audit), the number of images, the seed and the directory. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 4) {
            throw new IllegalArgumentException("Usage: RenderDataset train|audit IMAGES SEED DIRECTORY");
        }

        Split split = Split.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        new DemoDataset(Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]), split)
                .render(Path.of(arguments[3]));
    }
}
