package dev.tapetum.model.djl;

import dev.tapetum.model.ModelBundle;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** The bundles of {@link dev.tapetum.model.Toys}, as {@code src/test/python/make_toy_bundles.py} exports them. */
final class ToyBundles {

    static final String LINEAR = "toy-linear";
    static final String RELU = "toy-relu";
    static final String TOKENS = "toy-tokens";

    private ToyBundles() {}

    static ModelBundle bundle(String name) {
        try {
            Path directory = Path.of(Objects.requireNonNull(ToyBundles.class.getResource("/models/" + name))
                    .toURI());
            return ModelBundle.read(directory, name);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Loads a bundle on the CPU. */
    static DjlModel load(String name) {
        ModelBundle bundle = bundle(name);
        return DjlModel.load(bundle.directory(), bundle.card(), -1);
    }
}
