package dev.tapetum.config;

import dev.tapetum.attribution.Attributor;
import dev.tapetum.attribution.Baseline;
import dev.tapetum.fairness.TrustLimits;
import java.io.Serializable;
import java.util.List;

/**
 * Which methods explain which class of every image.
 *
 * @param target the class
 * @param methods the methods, all different; none means no attributions
 * @param references how many images of the dataset are at hand for {@link Baseline.Sample}
 * @param map how the maps are stored
 * @param trust when the maps of a method are no evidence
 */
public record AttributionSettings(
        Target target, List<Attributor> methods, int references, MapSettings map, TrustLimits trust)
        implements Serializable {
    private static final int MOST_REFERENCES = 1024;

    public AttributionSettings {
        Require.that(!target.equals(Target.ALL), "target is one class: predicted, label, or the name of one");
        methods = List.copyOf(methods);
        Require.noDuplicates("methods", methods);
        Require.that(
                references >= 1 && references <= MOST_REFERENCES,
                "references is a number of images from 1 to " + MOST_REFERENCES
                        + ", all of which every executor keeps in" + " memory, not " + references);
    }
}
