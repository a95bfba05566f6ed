package dev.tapetum.job;

import dev.tapetum.config.GroupSample;
import dev.tapetum.config.Plan;
import dev.tapetum.fairness.Group;
import dev.tapetum.probe.Seeds;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;

/**
 * Which images interventions run on, and how many images each of them stands for.
 *
 * <p>An image is drawn by itself with a probability that follows from its groups: the largest that any of them asks for. So
 * every group has at least about as many as it should, the draw needs no order and no second pass, and one over the probability
 * is the weight with which statistics are those of all images (Horvitz and Thompson 1952, as a ratio of such sums: Hájek 1971).
 *
 * @param elsewhere the probability by the whole alone; 0 where the sample is per group
 * @param groups the probability that each group asks for, by attribute and value; empty unless the sample is per group
 */
record Inclusion(double elsewhere, Map<String, Map<String, Double>> groups) implements Serializable {

    /** All images. */
    static final Inclusion ALL = new Inclusion(1, Map.of());

    /**
     * The draw that a plan asks for.
     *
     * @param attributes the images' {@code attributes}
     */
    static Inclusion of(Plan plan, long images, Dataset<?> attributes) {
        GroupSample sample = plan.propertyGradients().sample();
        if (sample == null || plan.interventions().isEmpty()) {
            return ALL;
        }

        if (!sample.isPerGroup() || plan.dataset().attributes().isEmpty()) {
            return new Inclusion(sample.probability(images), Map.of());
        }

        Map<String, Map<String, Double>> groups = new TreeMap<>();
        for (String attribute : plan.dataset().attributes()) {
            Map<String, Double> values = new TreeMap<>();
            attributes
                    .groupBy(value(attribute))
                    .count()
                    .collectAsList()
                    .forEach(row -> values.put(row.getString(0), sample.probability(row.getLong(1))));
            groups.put(attribute, values);
        }

        return new Inclusion(0, groups);
    }

    /** An image's group, of a dataset with a column {@code attributes}. */
    static Column value(String name) {
        return functions.coalesce(
                functions.try_element_at(functions.col("attributes"), functions.lit(name)),
                functions.lit(Group.MISSING));
    }

    /** {@link #probability} as an expression of a column {@code attributes}. */
    Column probability() {
        Column largest = functions.lit(elsewhere);
        for (Map.Entry<String, Map<String, Double>> attribute : groups.entrySet()) {
            List<Column> entries = new ArrayList<>();
            attribute.getValue().forEach((value, probability) -> {
                entries.add(functions.lit(value));
                entries.add(functions.lit(probability));
            });
            Column asked =
                    functions.try_element_at(functions.map(entries.toArray(Column[]::new)), value(attribute.getKey()));
            largest = functions.greatest(largest, functions.coalesce(asked, functions.lit(0.0)));
        }

        return largest;
    }

    /** The probability that an image of these groups is drawn. */
    double probability(Map<String, String> attributes) {
        double largest = elsewhere;
        for (Map.Entry<String, Map<String, Double>> attribute : groups.entrySet()) {
            String value = attributes.getOrDefault(attribute.getKey(), Group.MISSING);
            largest = Math.max(largest, attribute.getValue().getOrDefault(value, 0.0));
        }

        return largest;
    }

    /** How many images this one stands for; 0 when it is not drawn. */
    double weight(String imageId, Map<String, String> attributes, long seed) {
        double probability = probability(attributes);
        return Seeds.uniform(Seeds.of(Seeds.of(seed, imageId), "intervention-sample", 0)) < probability
                ? 1 / probability
                : 0;
    }
}
