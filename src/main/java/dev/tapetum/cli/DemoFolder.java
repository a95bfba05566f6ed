package dev.tapetum.cli;

import com.typesafe.config.ConfigUtil;
import dev.tapetum.UserError;
import dev.tapetum.demo.DemoAutoencoder;
import dev.tapetum.demo.DemoDataset;
import dev.tapetum.demo.DemoEditor;
import dev.tapetum.demo.DemoModel;
import dev.tapetum.demo.Split;
import dev.tapetum.spec.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The folder of a demo: {@code plan.conf} and further plans, {@code data}, {@code model-cnn} unless the other model was asked for,
 * {@code model-vit}, {@code autoencoder}, {@code editor}, and {@code out}, which the plans' audits write.
 *
 * @param root absolute, so that the plan works from everywhere
 */
record DemoFolder(Path root, DemoDataset dataset, DemoModel model) {
    private static final long SEED = 7;
    private static final String FIRST_LINE = "# The plan of Tapetum's demo.";

    /** Before the digest by which the demo knows whether the user has changed the plan. */
    private static final String SEAL = "# SHA-256 of the lines above, as the demo wrote them: ";

    private static final String PLAN = "demo-plan.conf";
    private static final String EXPLANATIONS = "demo-explanations.conf";
    private static final String INTERVENTIONS = "demo-interventions.conf";
    private static final String DIFFUSION = "demo-diffusion.conf";
    private static final String FEATURES = "demo-features.conf";
    private static final String TAG = "tag.png";

    /**
     * The folder, which need not be there yet.
     *
     * @throws UserError when something else is in it
     */
    static DemoFolder at(Path directory, int images, DemoModel model) throws IOException {
        DemoFolder folder = new DemoFolder(
                directory.toAbsolutePath().normalize(), dataset(images), Objects.requireNonNull(model, "model"));
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new UserError(directory + " is a file; name a folder for the demo");
        }

        if (!isEmpty(directory) && !folder.isDemo()) {
            throw new UserError(directory + " is not empty and not an earlier demo; name another folder");
        }

        return folder;
    }

    private static DemoDataset dataset(int images) {
        try {
            return new DemoDataset(images, SEED, Split.AUDIT);
        } catch (IllegalArgumentException e) {
            throw new UserError("--images: " + e.getMessage(), e);
        }
    }

    Path plan() {
        return root.resolve("plan.conf");
    }

    /** A second plan, which asks what the explanations are worth. */
    Path explanations() {
        return root.resolve("explanations.conf");
    }

    /** A third plan, which changes images and watches the model. */
    Path interventions() {
        return root.resolve("interventions.conf");
    }

    /** A fourth plan, which has images repainted by instructions. */
    Path diffusion() {
        return root.resolve("diffusion.conf");
    }

    /** A fifth plan, which looks at what the transformer has learnt. */
    Path features() {
        return root.resolve("features.conf");
    }

    /** Whether the images are there, all of them: the manifest is written last. */
    boolean isRendered() throws IOException {
        Path manifest = data().resolve(DemoDataset.MANIFEST);
        if (!Files.isRegularFile(manifest)) {
            return false;
        }

        try (Stream<String> lines = Files.lines(manifest)) {
            return lines.count() == dataset.images() + 1;
        }
    }

    void render() throws IOException {
        Files.createDirectories(root);
        // First of all, so that a demo that was interrupted is known as one.
        if (!Files.exists(plan())) {
            Files.writeString(plan(), mark());
        }

        Files.deleteIfExists(data().resolve(DemoDataset.MANIFEST));
        dataset.render(data());
    }

    /**
     * Writes the models, and the plans unless the user has changed them.
     *
     * @return whether the first plan is the demo's own
     */
    boolean writeModelAndPlan() throws IOException {
        for (DemoModel one : EnumSet.of(model, DemoModel.VIT)) {
            one.copyTo(bundle(one));
        }

        Files.write(root.resolve(TAG), DemoDataset.tagPicture());
        write(explanations(), EXPLANATIONS);
        write(interventions(), INTERVENTIONS);
        DemoEditor.MINI.copyTo(editor());
        write(diffusion(), DIFFUSION);
        DemoAutoencoder.VIT.copyTo(autoencoder());
        write(features(), FEATURES);
        return write(plan(), PLAN);
    }

    private boolean write(Path file, String template) throws IOException {
        if (isEdited(file)) {
            return false;
        }

        Files.writeString(file, filled(template));
        return true;
    }

    /** Whether a plan is no longer as a demo wrote it, be it of another model, another version or in another place. */
    private static boolean isEdited(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }

        String text = Files.readString(file);
        int seal = text.lastIndexOf(SEAL);
        return !text.equals(mark()) && (seal < 0 || !text.equals(sealed(text.substring(0, seal))));
    }

    private static String mark() {
        return FIRST_LINE + System.lineSeparator();
    }

    private static String sealed(String text) {
        return text + SEAL + Sha256.of(text) + System.lineSeparator();
    }

    String planText() throws IOException {
        return filled(PLAN);
    }

    private String filled(String name) throws IOException {
        try (InputStream template = Objects.requireNonNull(DemoFolder.class.getResourceAsStream(name), name)) {
            return sealed(mark()
                    + new String(template.readAllBytes(), StandardCharsets.UTF_8)
                            .replace("@OUTPUT@", quoted(root.resolve("out")))
                            .replace("@MANIFEST@", quoted(data().resolve(DemoDataset.MANIFEST)))
                            .replace("@MODEL@", quoted(bundle(model)))
                            .replace("@PLAN@", "file(" + quoted(plan()) + ")")
                            .replace("@EDITOR@", quoted(editor()))
                            .replace("@TRANSFORMER@", quoted(bundle(DemoModel.VIT)))
                            .replace("@AUTOENCODER@", quoted(autoencoder()))
                            .replace("@FEATURE@", String.valueOf(DemoAutoencoder.CUE_FEATURE))
                            .replace("@TAG@", quoted(root.resolve(TAG)))
                            .replace("@RANDOMISATION@", randomisation()));
        }
    }

    private String randomisation() {
        return model.isRandomised()
                ? "model-parameter-randomisation"
                : "# model-parameter-randomisation   needs randomised copies of the model, which this bundle has not";
    }

    private boolean isDemo() throws IOException {
        if (!Files.isRegularFile(plan())) {
            return false;
        }

        try (Stream<String> lines = Files.lines(plan())) {
            return lines.findFirst().filter(FIRST_LINE::equals).isPresent();
        }
    }

    private Path data() {
        return root.resolve("data");
    }

    private Path bundle(DemoModel of) {
        return root.resolve("model-" + of.name().toLowerCase(Locale.ROOT));
    }

    private Path editor() {
        return root.resolve("editor");
    }

    private Path autoencoder() {
        return root.resolve("autoencoder");
    }

    private static boolean isEmpty(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return true;
        }

        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    private static String quoted(Path path) {
        return ConfigUtil.quoteString(path.toString());
    }
}
