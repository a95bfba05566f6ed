package dev.tapetum.config;

import dev.tapetum.attribution.Attributor;
import dev.tapetum.fairness.TrustLimits;
import java.io.Serializable;
import java.util.List;

/**
 * Which methods explain which class of every image.
 *
 * @param target the class
 * @param methods the methods, all different; none means no attributions
 * @param map how the maps are stored
 * @param trust when the maps of a method are no evidence
 */
public record AttributionSettings(Target target, List<Attributor> methods, MapSettings map, TrustLimits trust)
        implements Serializable {
    public AttributionSettings {
        methods = List.copyOf(methods);
        Require.noDuplicates("methods", methods);
    }
}
