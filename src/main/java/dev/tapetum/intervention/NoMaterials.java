package dev.tapetum.intervention;

import dev.tapetum.image.PlanarImage;
import dev.tapetum.model.Painter;

/** Where no editor needs any. */
enum NoMaterials implements Materials {
    INSTANCE;

    @Override
    public PlanarImage picture(String path) {
        throw new IllegalStateException("No pictures are at hand, and " + path + " is asked for");
    }

    @Override
    public Painter painter(String path) {
        throw new IllegalStateException("No painters are at hand, and " + path + " is asked for");
    }

    @Override
    public SteeredFeature feature(SaeFeature editor) {
        throw new IllegalStateException("No autoencoder is at hand, and " + editor.property() + " is asked for");
    }
}
