package dev.tapetum.intervention;

import dev.tapetum.image.PlanarImage;
import dev.tapetum.model.Painter;
import java.io.Serializable;

/** What editors need besides the image and their parameters: pictures and models that lie in files. */
public interface Materials extends Serializable {

    /** Where no editor needs any. */
    Materials NONE = NoMaterials.INSTANCE;

    /** The picture in a file. */
    PlanarImage picture(String path);

    /** The image-to-image model in a folder; the same one for every call. */
    Painter painter(String path);

    /** What is known of a feature of the run's autoencoder, and of what it is held against. */
    SteeredFeature feature(SaeFeature editor);
}
