package dev.tapetum.config;

import dev.tapetum.attribution.Attributor;
import java.io.Serializable;
import java.util.List;

/**
 * Which methods explain which class of every image.
 *
 * @param target the class
 * @param methods the methods, all different; none means no attributions
 * @param map how the maps are stored
 */
public record AttributionSettings(Target target, List<Attributor> methods, MapSettings map) implements Serializable {
    public AttributionSettings {
        methods = List.copyOf(methods);
        Require.noDuplicates("methods", methods);
    }
}
