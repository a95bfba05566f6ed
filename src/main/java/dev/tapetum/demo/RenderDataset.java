package dev.tapetum.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** The entry for the scripts that train the demo's models, so that they learn from the renderer that the demo audits. */
final class RenderDataset {
    private RenderDataset() {}

    private static final int ARGUMENTS = 4;
    private static final String SUBJECTS = "subjects";

    /** Arguments: the split (train or audit), the number of images, the seed, the directory, and whether subjects' masks, too. */
    public static void main(String[] arguments) throws IOException {
        boolean subjects = arguments.length == ARGUMENTS + 1 && arguments[ARGUMENTS].equals(SUBJECTS);
        if (arguments.length != ARGUMENTS && !subjects) {
            throw new IllegalArgumentException("Usage: RenderDataset train|audit IMAGES SEED DIRECTORY [subjects]");
        }

        Split split = Split.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        DemoDataset dataset = new DemoDataset(Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]), split);
        Path directory = Path.of(arguments[3]);
        if (subjects) {
            dataset.renderSubjects(directory);
        }

        dataset.render(directory);
    }
}
