package dev.tapetum.config;

import dev.tapetum.attributionmetric.AttributionMetric;
import dev.tapetum.fairness.Gate;
import dev.tapetum.fairness.Partition;
import dev.tapetum.fairness.References;
import dev.tapetum.intervention.Editor;
import dev.tapetum.spec.Nearest;
import dev.tapetum.spec.Sha256;
import dev.tapetum.stats.StatisticsSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

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
 * @param prototypes what the model itself draws of its classes
 * @param statistics how sure the run wants to be
 * @param slices which subgroups are searched for errors
 * @param gate what must hold for the run to pass; none means no verdict. A rule may name an attribute of the dataset, or
 *     several of them, {@code site × tag}, in their order in the dataset
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
        PrototypeSettings prototypes,
        StatisticsOptions statistics,
        SliceSettings slices,
        List<Gate> gate)
        implements Serializable {
    public Plan {
        attributionMetrics = List.copyOf(attributionMetrics);
        Require.noDuplicates("attribution-metrics", attributionMetrics);
        interventions = List.copyOf(interventions);
        Require.noDuplicates("interventions", interventions);
        for (String attribute : dataset.attributes()) {
            Require.that(
                    !attribute.contains(Partition.SEPARATOR),
                    "dataset.attributes must not contain '" + Partition.SEPARATOR + "', which names intersections: '"
                            + attribute + "'");
        }

        List<Gate> rules = new ArrayList<>();
        for (int i = 0; i < gate.size(); i++) {
            rules.add(canonical("gate[" + i + "].attribute", gate.get(i), dataset, statistics));
        }

        gate = List.copyOf(rules);
        for (Map.Entry<String, String> reference : statistics.references().entrySet()) {
            partition("statistics.references", reference.getKey(), dataset, statistics);
            Require.text("statistics.references." + reference.getKey(), reference.getValue());
        }

        try {
            references(dataset, statistics);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("statistics.references: " + e.getMessage(), e);
        }
    }

    /** A rule with the attributes of an intersection in their order in the dataset. */
    private static Gate canonical(String key, Gate rule, DatasetSettings dataset, StatisticsOptions statistics) {
        String attribute = rule.attribute();
        if (attribute == null) {
            return rule;
        }

        Partition named = partition(key, attribute, dataset, statistics);
        String group = rule.group();
        return rule.about(named.name(), group == null ? null : named.inOrder(attribute, group));
    }

    private static Partition partition(String key, String text, DatasetSettings dataset, StatisticsOptions statistics) {
        Partition named = Partition.named(text, dataset.attributes());
        if (named == null) {
            throw new IllegalArgumentException(key + " '" + text + "' is not among dataset.attributes"
                    + Nearest.hint(text, "attributes", dataset.attributes()));
        }

        Require.that(
                named.attributes().size() <= Math.max(1, statistics.intersections()),
                key + " '" + text + "' crosses " + named.attributes().size()
                        + " attributes, and statistics.intersections is " + statistics.intersections());
        return named;
    }

    /** Whom groups are compared with: what {@code statistics} says, with the attributes in the order of the dataset. */
    public References references() {
        return references(dataset, statistics);
    }

    private static References references(DatasetSettings dataset, StatisticsOptions statistics) {
        Map<String, String> named = new TreeMap<>();
        statistics.references().forEach((text, value) -> {
            Partition partition = Objects.requireNonNull(Partition.named(text, dataset.attributes()));
            named.put(partition.name(), partition.inOrder(text, value));
        });
        return new References(statistics.reference(), named);
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
