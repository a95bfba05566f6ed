package dev.tapetum.config;

import dev.tapetum.prototype.Generator;
import java.io.Serializable;
import java.util.List;

/**
 * What {@code prototypes} draws of the model's classes, and by how many images it is judged.
 *
 * @param methods by which each class is drawn, at least one and all different
 * @param classes names of the classes that are drawn, all different; none for all of the model's
 * @param seeds drawings of a class by each method, at least 1
 * @param images of a class whose mean activation is its path, and as many more that are held against it; at least 2
 * @param minAmount of how much more of a property there must be in drawings for it to be drawn in: 1 is the way from images without it
 *     to images with it; from 0
 */
public record PrototypeSettings(List<Generator> methods, List<String> classes, int seeds, int images, double minAmount)
        implements Serializable {
    private static final int FEWEST_IMAGES = 2;

    public PrototypeSettings {
        methods = List.copyOf(methods);
        Require.that(!methods.isEmpty(), "methods must name at least one, such as prototype");
        Require.noDuplicates("methods", methods);
        classes = List.copyOf(classes);
        Require.noDuplicates("classes", classes);
        Require.that(seeds >= 1, "seeds must be at least 1, not " + seeds);
        Require.that(images >= FEWEST_IMAGES, "images must be at least " + FEWEST_IMAGES + ", not " + images);
        Require.that(minAmount >= 0 && Double.isFinite(minAmount), "min-amount is a number from 0, not " + minAmount);
    }
}
