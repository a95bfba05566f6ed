package dev.tapetum.job;

import dev.tapetum.config.Plan;
import dev.tapetum.fairness.Group;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * How many images of a group interventions will run on, and how well a mean over the group will be known from them.
 *
 * @param images of the group
 * @param drawn how many of them are expected to be drawn
 * @param effective how many images drawn alike would know the mean as well, Kish 1965: {@code N² / Σ 1/π} over the group's N
 *     images with their probabilities π
 */
public record DrawnGroup(String attribute, String value, long images, double drawn, double effective) {

    /** The standard deviation of numbers between 0 and 1 is at most this: half of them 0, half of them 1. */
    public static final double LARGEST_DEVIATION = 0.5;

    /** The whole first, and then the groups from the least well known on; none without interventions. */
    static List<DrawnGroup> all(Plan plan, long images, Dataset<?> attributes) {
        if (plan.interventions().isEmpty()) {
            return List.of();
        }

        Column probability = Inclusion.of(plan, images, attributes).probability();
        Dataset<Row> drawn = attributes.select(functions.col("attributes"), probability.as("probability"));
        List<DrawnGroup> groups = new ArrayList<>();
        groups.add(of(
                Group.WHOLE.attribute(),
                drawn.groupBy(functions.lit(Group.WHOLE.value()))
                        .agg(COUNT, DRAWN, WEIGHTS)
                        .head()));
        List<DrawnGroup> parts = new ArrayList<>();
        for (String attribute : plan.dataset().attributes()) {
            drawn.groupBy(Inclusion.value(attribute))
                    .agg(COUNT, DRAWN, WEIGHTS)
                    .collectAsList()
                    .forEach(row -> parts.add(of(attribute, row)));
        }

        parts.sort(Comparator.comparingDouble(DrawnGroup::effective)
                .thenComparing(DrawnGroup::attribute)
                .thenComparing(DrawnGroup::value));
        groups.addAll(parts);
        return groups;
    }

    private static final Column COUNT = functions.count(functions.lit(1));
    private static final Column DRAWN = functions.sum("probability");
    private static final Column WEIGHTS = functions.sum(functions.lit(1).divide(functions.col("probability")));

    private static DrawnGroup of(String attribute, Row row) {
        long images = row.getLong(1);
        return new DrawnGroup(
                attribute, row.getString(0), images, row.getDouble(2), (double) images * images / row.getDouble(3));
    }

    /** Half the length of the interval of a mean of numbers with this standard deviation. */
    public double halfWidth(double deviation, double confidence) {
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - confidence) / 2);
        return z * deviation / Math.sqrt(effective);
    }
}
