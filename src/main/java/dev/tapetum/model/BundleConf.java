package dev.tapetum.model;

import dev.tapetum.UserError;
import dev.tapetum.image.Crop;
import dev.tapetum.image.Interpolation;
import dev.tapetum.image.PerChannel;
import dev.tapetum.image.Preprocessing;
import dev.tapetum.image.Resize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code model.conf}, key by key.
 *
 * @param format version of the bundle's form; this release reads {@value #FORMAT}
 * @param classes names of the classes in the order of the logits; or else
 * @param classesFile a text file beside {@code model.conf} with one name per line
 * @param taps places where activations can be read, each with exported methods {@code stem_NAME} and {@code head_NAME}
 * @param rules further exported methods
 * @param variants changed copies of the model, in files beside it
 * @param sha256 of the model file, in hexadecimal
 */
record BundleConf(
        int format,
        Input input,
        @Nullable List<String> classes,
        @Nullable String classesFile,
        List<TapConf> taps,
        List<Rule> rules,
        List<VariantConf> variants,
        String sha256) {

    static final int FORMAT = 1;

    private static final int CHANNELS = 3;
    private static final String DEFAULTS = "taps = [], rules = [], variants = []";

    BundleConf {
        ConfFile.requireFormat(format, FORMAT);
        if ((classes == null) == (classesFile == null)) {
            throw new IllegalArgumentException("exactly one of classes and classes-file must be given");
        }

        Set<String> names = new HashSet<>();
        for (VariantConf variant : variants) {
            if (!names.add(variant.name())) {
                throw new IllegalArgumentException("two variants are named " + variant.name()
                        + ", and their names are those of their files; export the bundle again");
            }
        }
    }

    /** How an image becomes the model's input; mean and std on [0, 1] RGB. */
    record Input(
            int width,
            int height,
            String resize,
            Crop crop,
            Interpolation interpolation,
            List<Double> mean,
            List<Double> std) {

        Input {
            Resize.parse(resize);
            if (mean.size() != CHANNELS || std.size() != CHANNELS) {
                throw new IllegalArgumentException("mean and std need one number each for red, green and blue");
            }
        }

        Preprocessing preprocessing() {
            return new Preprocessing(
                    width, height, Resize.parse(resize), crop, interpolation, perChannel(mean), perChannel(std));
        }

        InputSpec spec() {
            return new InputSpec(CHANNELS, height, width, floats(mean), floats(std));
        }

        private static PerChannel perChannel(List<Double> values) {
            return new PerChannel(values.get(0), values.get(1), values.get(2));
        }

        private static List<Float> floats(List<Double> values) {
            return values.stream().map(Double::floatValue).toList();
        }
    }

    /** One tap; see {@link Tap}. */
    record TapConf(
            String name,
            Tap.Layout layout,
            int channels,
            List<Integer> grid,
            @Nullable Integer prefixTokens) {

        TapConf {
            if (grid.size() != 2) {
                throw new IllegalArgumentException("grid is [rows, columns], not " + grid);
            }
        }

        Tap tap() {
            return new Tap(name, layout, channels, grid.get(0), grid.get(1), prefixTokens == null ? 0 : prefixTokens);
        }
    }

    /** One variant; see {@link Variant}. */
    record VariantConf(String name, Variant.Kind kind, String layers, String sha256) {

        VariantConf {
            if (!name.matches("[A-Za-z0-9_-]+")) {
                throw new IllegalArgumentException(
                        "the name of a variant is that of its file without " + ModelBundle.EXTENSION + ", not " + name);
            }

            if ((name + ModelBundle.EXTENSION).equals(ModelBundle.TORCHSCRIPT)) {
                throw new IllegalArgumentException("a variant cannot be named " + name + ", since "
                        + ModelBundle.TORCHSCRIPT + " is the model itself; export the bundle again");
            }
        }

        Variant variant() {
            return new Variant(name, kind, layers);
        }
    }

    static BundleConf read(Path file, String name) {
        return ConfFile.read(BundleConf.class, file, name, "submit/export_model.py", DEFAULTS);
    }

    /** The digest of every file of the bundle that holds a model. */
    Map<String, String> digests(String model) {
        Map<String, String> digests = new LinkedHashMap<>();
        digests.put(model, sha256);
        variants.forEach(variant -> digests.put(variant.name() + ModelBundle.EXTENSION, variant.sha256()));
        return digests;
    }

    ModelCard card(String name, Path directory, boolean forwardOnly) {
        List<Tap> offered = taps.stream().map(TapConf::tap).toList();
        Class<? extends Model> differentiable = offered.isEmpty() ? DifferentiableModel.class : TappedModel.class;
        return new ModelCard(
                name,
                input.spec(),
                distinct(names(directory), directory),
                forwardOnly ? List.of() : offered,
                forwardOnly ? Model.class : differentiable,
                forwardOnly ? Set.of() : Set.copyOf(rules),
                forwardOnly
                        ? List.of()
                        : variants.stream().map(VariantConf::variant).toList());
    }

    /** Labels, metrics and drawings go by the names. */
    private static List<String> distinct(List<String> names, Path directory) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new UserError(directory.resolve(ModelBundle.CONF) + ": two classes are named '" + name
                        + "', and nobody could tell them apart in a table; give each a name of its own");
            }
        }

        return names;
    }

    private List<String> names(Path directory) {
        if (classes != null) {
            return classes;
        }

        Path file = directory.resolve(String.valueOf(classesFile));
        try {
            return Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UserError(
                    file + ", the classes-file of " + ModelBundle.CONF + ", cannot be read: " + e.getMessage(), e);
        }
    }
}
