package dev.tapetum.config;

import java.io.Serializable;

/**
 * The model and what it runs on.
 *
 * @param path the folder of the model bundle, a local path or a URI of Hadoop
 * @param device where it runs
 * @param precision how it computes
 * @param batch the most inputs in one call of the device, at least 1; it changes the speed and no result
 */
public record ModelSettings(String path, DeviceChoice device, Precision precision, int batch) implements Serializable {
    public ModelSettings {
        Require.text("path", path);
        Require.that(batch >= 1, "batch must be at least 1, not " + batch);
    }
}
