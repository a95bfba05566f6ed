package dev.tapetum.model.djl;

import dev.tapetum.model.EditorBundle;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** The editors that tests paint with. */
final class Editors {

    private Editors() {}

    /** Parts as in Stable Diffusion, at reduced width and with random weights; see make_editor_fixtures.py. */
    static Path random() {
        return resource("/editors/random-sd");
    }

    /** The editor that comes with the demo. */
    static EditorBundle miniature() {
        EditorBundle bundle = EditorBundle.read(resource("/dev/tapetum/demo/editors/mini"), "mini");
        bundle.verify();
        return bundle;
    }

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(Editors.class.getResource(name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
