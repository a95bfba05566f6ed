package dev.tapetum.job.source;

import java.io.Serializable;
import java.util.Objects;

/**
 * An edited image that the user has of a listed one.
 *
 * @param manifest the manifest that lists it, as the plan names it
 * @param property what was changed
 * @param root the folder from which the manifest's paths start, as the plan names it
 * @param strength how strong the property is made
 * @param file where its bytes lie
 */
public record SeriesImage(String manifest, String property, String root, double strength, FileRange file)
        implements Serializable {
    public SeriesImage {
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(property, "property");
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(file, "file");
    }
}
