package dev.tapetum.model.djl;

import dev.tapetum.model.Model;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Toys;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** The bundles of the toy models, as {@code src/test/python/make_toy_bundles.py} exports them. */
final class ToyBundles {

    private ToyBundles() {}

    static Path directory(String name) {
        try {
            return Path.of(Objects.requireNonNull(ToyBundles.class.getResource("/models/" + name)).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Loads a bundle on the CPU with the card of its toy. */
    static DjlModel load(String name, Model toy) {
        return load(name, Toys.card(toy));
    }

    static DjlModel load(String name, ModelCard card) {
        return DjlModel.load(directory(name), card, -1);
    }
}
