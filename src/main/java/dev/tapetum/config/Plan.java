package dev.tapetum.config;

import dev.tapetum.attributionmetric.AttributionMetric;
import dev.tapetum.fairness.Crossing;
import dev.tapetum.fairness.Gate;
import dev.tapetum.intervention.Editor;
import dev.tapetum.spec.Nearest;
import dev.tapetum.spec.Sha256;
import dev.tapetum.stats.StatisticsSettings;
import java.io.Serializable;
import java.util.List;

/**
 * Everything that a run was asked to do. {@code reference.conf} documents each key and has the defaults.
 *
 * @param run the run itself
 * @param dataset the images
 * @param model the model
 * @param attribution how its decisions are explained
 * @param attributionMetrics how good each explanation is, all different; none means that this is not asked
 * @param interventions how images are changed step by step, all different; none means that this is not asked
 * @param propertyGradients what is made of the answers to interventions
 * @param sae the features of a sparse autoencoder, and how such are trained
 * @param statistics how sure the run wants to be
 * @param gate what must hold for the run to pass; none means no verdict. A rule may name
 *     attributes of the dataset and crossings of them
 */
public record Plan(
        RunSettings run,
        DatasetSettings dataset,
        ModelSettings model,
        AttributionSettings attribution,
        List<AttributionMetric> attributionMetrics,
        List<Editor> interventions,
        PropertyGradientSettings propertyGradients,
        SaeSettings sae,
        StatisticsOptions statistics,
        List<Gate> gate)
        implements Serializable {
    public Plan {
        attributionMetrics = List.copyOf(attributionMetrics);
        Require.noDuplicates("attribution-metrics", attributionMetrics);
        interventions = List.copyOf(interventions);
        Require.noDuplicates("interventions", interventions);
        gate = List.copyOf(gate);

        for (int i = 0; i < gate.size(); i++) {
            String attribute = gate.get(i).attribute();
            if (attribute != null && !dataset.attributes().contains(attribute)) {
                requireAttributes("gate[" + i + "].attribute", attribute, dataset.attributes());
            }
        }
    }

    /** Of a crossing every attribute must be there. */
    private static void requireAttributes(String key, String named, List<String> attributes) {
        for (String attribute : Crossing.attributes(named)) {
            Require.that(
                    attributes.contains(attribute),
                    key + " '" + attribute + "' is not among dataset.attributes"
                            + Nearest.hint(attribute, "attributes", attributes));
        }
    }

    /** What the statistics package needs of the plan: its block and the seed of the run. */
    public StatisticsSettings statisticsSettings() {
        return statistics.settings(run.seed());
    }

    /**
     * The plan as HOCON with every key in alphabetical order and every default written out. It reads back as an equal
     * plan, and equal plans have equal texts.
     */
    public String canonical() {
        return CanonicalHocon.of(this);
    }

    /** The SHA-256 of {@link #canonical()} in UTF-8, in small hexadecimal digits. */
    public String sha256() {
        return Sha256.of(canonical());
    }
}
