package dev.tapetum.job;

import dev.tapetum.config.Plan;
import dev.tapetum.config.PlanFile;
import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.Partition;
import dev.tapetum.job.source.IndexSummary;
import dev.tapetum.job.source.IndexSummary.AttributeSummary;
import dev.tapetum.spec.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.functions;

/**
 * The intersections of attributes whose groups are told, now that the images are known, and those that are left out since they may
 * have too many groups.
 *
 * @param kept in the order of {@link Partition#crossings}
 * @param leftOut those with more than {@link #MOST_GROUPS} possible groups, or with which all that are kept would have more than
 *     {@link #MOST_TOGETHER}
 */
record Crossings(List<Partition> kept, List<Partition> leftOut, IndexSummary listed) {

    /** Groups of one crossing, by the product of the numbers of values, beyond which most would be too small to say anything. */
    static final int MOST_GROUPS = 200;

    /** Groups of all crossings: each takes memory in every task, some megabytes where there are many classes or summaries. */
    static final int MOST_TOGETHER = 2000;

    static Crossings of(Plan plan, IndexSummary listed) {
        List<Partition> kept = new ArrayList<>();
        List<Partition> leftOut = new ArrayList<>();
        long together = 0;
        for (Partition crossing : Partition.crossings(
                plan.dataset().attributes(), plan.statistics().intersections())) {
            long groups = groups(crossing, listed);
            boolean fits = groups <= MOST_GROUPS && together + groups <= MOST_TOGETHER;
            (fits ? kept : leftOut).add(crossing);
            together += fits ? groups : 0;
        }

        return new Crossings(kept, leftOut, listed);
    }

    /** How many groups a partition may have: the product of the numbers of values, those of images without one among them. */
    static long groups(Partition partition, IndexSummary listed) {
        return partition.attributes().stream()
                .mapToLong(attribute -> values(listed, attribute))
                .reduce(1, (a, b) -> a * b);
    }

    private static long values(IndexSummary listed, String attribute) {
        AttributeSummary values = listed.attributes().getOrDefault(attribute, new AttributeSummary(0, 0));
        return values.distinct() + (values.known() < listed.images() ? 1 : 0);
    }

    /** The images of a group, by the column {@code attributes}. */
    static Column member(Group group) {
        return group.components().stream()
                .map(Crossings::memberOfOne)
                .reduce(Column::and)
                .orElseThrow();
    }

    private static Column memberOfOne(Group group) {
        return value(group.attribute()).equalTo(group.value());
    }

    /** An attribute's value; an absent or blank one is {@link Group#MISSING}. */
    private static Column value(String attribute) {
        Column value = functions.col("attributes").getItem(attribute);
        return functions
                .when(functions.length(functions.trim(value)).gt(0), value)
                .otherwise(functions.lit(Group.MISSING));
    }

    /**
     * Refuses a plan that needs a crossing that is left out, or a reference in which no image lies, and remarks on the crossings that are
     * left out.
     *
     * @param images with a column {@code attributes}
     */
    void check(PlanFile file, Dataset<?> images, Consumer<String> remarks) {
        for (int i = 0; i < file.plan().gate().size(); i++) {
            String attribute = file.plan().gate().get(i).attribute();
            if (attribute != null) {
                requireKept(file, "gate[" + i + "].attribute", attribute);
            }
        }

        for (Map.Entry<String, String> reference :
                file.plan().references().named().entrySet()) {
            requireKept(file, "statistics.references", reference.getKey());
            requireImages(file, new Group(reference.getKey(), reference.getValue()), images);
        }

        if (!leftOut.isEmpty()) {
            List<String> names = leftOut.stream()
                    .map(crossing -> crossing.name() + " (" + groups(crossing, listed) + " groups)")
                    .toList();
            remarks.accept("Left out of the intersections, which have at most " + MOST_GROUPS + " groups each and "
                    + MOST_TOGETHER + " together: " + String.join(", ", names)
                    + "; attributes with fewer values bring them in");
        }
    }

    private void requireKept(PlanFile file, String path, String attribute) {
        for (Partition crossing : leftOut) {
            if (crossing.name().equals(attribute)) {
                throw file.error(
                        path,
                        "'" + attribute + "' may have " + groups(crossing, listed)
                                + " groups; intersections have at most " + MOST_GROUPS + " each and " + MOST_TOGETHER
                                + " together");
            }
        }
    }

    private static void requireImages(PlanFile file, Group reference, Dataset<?> images) {
        if (!images.filter(member(reference)).isEmpty()) {
            return;
        }

        for (Group component : reference.components()) {
            List<String> values = images
                    .select(functions.coalesce(value(component.attribute()), functions.lit(Group.MISSING)))
                    .distinct()
                    .as(Encoders.STRING())
                    .collectAsList()
                    .stream()
                    .sorted()
                    .toList();
            if (!values.contains(component.value())) {
                throw file.error(
                        "statistics.references",
                        "no image has " + component.attribute() + " = " + component.value()
                                + Nearest.hint(component.value(), "values", values));
            }
        }

        throw file.error("statistics.references", "no image has " + reference.attribute() + " = " + reference.value());
    }
}
