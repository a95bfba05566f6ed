package dev.tapetum.intervention;

import dev.tapetum.image.PlanarImage;
import dev.tapetum.model.Painter;

/** What editors need besides the image and their parameters: pictures and models that lie in files. */
public interface Materials {

    /** Where no editor needs any. */
    Materials NONE = new Materials() {

        @Override
        public PlanarImage picture(String path) {
            throw new IllegalStateException("No pictures are at hand, and " + path + " is asked for");
        }

        @Override
        public Painter painter(String path) {
            throw new IllegalStateException("No painters are at hand, and " + path + " is asked for");
        }
    };

    /** The picture in a file. */
    PlanarImage picture(String path);

    /** The image-to-image model in a folder; the same one for every call. */
    Painter painter(String path);
}
