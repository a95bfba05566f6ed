package dev.tapetum.job;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.tapetum.config.Plan;
import dev.tapetum.fairness.FeatureAssociation;
import dev.tapetum.fairness.Group;
import dev.tapetum.stats.SparseRanks;
import dev.tapetum.table.AssociationKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * What features go along with: ranks and sums by Spark, areas, odds and tests on the driver, two Spark jobs however many features
 * and groups there are.
 *
 * <p>All that an association needs of a feature and a group is how many images there are, in how many the feature is active, and the
 * sum of their ranks ({@link SparseRanks}). So each feature's active images are sorted once, whatever the groups. On that way an
 * image is its signature, a hash of all groups that it is in; which groups these are is joined to sums.
 *
 * @param features those that are held against groups
 */
record AssociationStage(Plan plan, List<Integer> features) {

    /** Beyond this a table is for nobody to read and the driver no place to make it. */
    static final int MOST_FEATURES = 2000;

    static final String LABEL = "label";
    static final String ERROR = "error";
    static final String WRONG = "wrong";
    static final String RIGHT = "right";

    /**
     * For the features that are active in enough images; of too many those that are active in the most nearly half of them, since
     * they could tell the most.
     *
     * @param active number of images in which each feature is active
     * @param images number of all images
     * @param remarks hears of features that are left out
     */
    static AssociationStage of(Plan plan, Map<Integer, Long> active, long images, Consumer<String> remarks) {
        int least = plan.statistics().minGroup();
        ToLongFunction<Map.Entry<Integer, Long>> fromHalf = feature -> Math.abs(2 * feature.getValue() - images);
        List<Integer> enough = active.entrySet().stream()
                .filter(feature -> feature.getValue() >= least)
                .sorted(Comparator.comparingLong(fromHalf).thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
        if (enough.size() > MOST_FEATURES) {
            remarks.accept("feature_associations is about " + MOST_FEATURES + " of the " + enough.size()
                    + " features that are active in at least " + least
                    + " images: those that are active in the most nearly half of all images");
        }

        return new AssociationStage(
                plan, enough.stream().limit(MOST_FEATURES).sorted().toList());
    }

    /** One association and what groups its images. */
    record Found(AssociationKind kind, FeatureAssociation association) {}

    private record Key(AssociationKind kind, String attribute) {}

    /** The groups of an attribute that are large enough, with their images, and the images of all its groups. */
    private record Groups(long all, Map<String, Long> images) {}

    /**
     * The associations of all features with all groups.
     *
     * @param encoded evidence of images that have features
     */
    List<Found> associations(Dataset<Row> encoded) {
        Dataset<Row> images = images(encoded);
        Dataset<Row> signatures = images.groupBy("signature")
                .agg(first("memberships").as("memberships"), count(lit(1)).as("n"));
        Map<Key, Groups> groups = groups(signatures);
        if (features.isEmpty() || groups.isEmpty()) {
            return List.of();
        }

        boolean independent = plan.dataset().cluster() == null;
        List<AssociationKind> kinds = new ArrayList<>();
        List<FeatureAssociation> found = new ArrayList<>();
        for (Row row : sums(images, signatures, groups).collectAsList()) {
            Key key = new Key(kind(row.getString(1)), row.getString(2));
            Groups of = groups.get(key);
            if (of == null) {
                continue;
            }

            Map<String, Row> told = new HashMap<>();
            row.<Row>getList(4).forEach(group -> told.put(group.getString(0), group));
            of.images.forEach((group, n) -> {
                Row ranks = told.get(group);
                kinds.add(key.kind);
                found.add(FeatureAssociation.of(
                        row.getInt(0),
                        new Group(key.attribute, group),
                        ranks == null
                                ? new SparseRanks(n, 0, 0)
                                : new SparseRanks(n, ranks.getLong(1), ranks.getLong(2)),
                        of.all,
                        row.getLong(3),
                        plan.statistics().confidence(),
                        independent));
            });
        }

        List<FeatureAssociation> corrected = FeatureAssociation.corrected(found);
        return IntStream.range(0, kinds.size())
                .mapToObj(i -> new Found(kinds.get(i), corrected.get(i)))
                .sorted(Comparator.comparing(Found::kind)
                        .thenComparing(one -> one.association.group())
                        .thenComparing(one -> one.association.feature()))
                .toList();
    }

    private Dataset<Row> images(Dataset<Row> encoded) {
        return encoded.select(
                        memberships().as("memberships"),
                        col("label").isNotNull().cast("long").as(flag(AssociationKind.LABEL)),
                        col("prediction.correct").isNotNull().cast("long").as(flag(AssociationKind.ERROR)),
                        lit(1L).as(flag(AssociationKind.ATTRIBUTE)),
                        col("features.active").as("active"),
                        col("features.maxima").as("maxima"))
                .withColumn("signature", xxhash64(col("memberships")));
    }

    private Column memberships() {
        List<Column> all = new ArrayList<>();
        all.add(membership(AssociationKind.LABEL, LABEL, col("label")));
        Column correct = col("prediction.correct");
        all.add(membership(
                AssociationKind.ERROR,
                ERROR,
                when(correct.isNotNull(), when(correct, lit(RIGHT)).otherwise(lit(WRONG)))));
        for (String attribute : plan.dataset().attributes()) {
            Column value = try_element_at(col("attributes"), lit(attribute));
            all.add(membership(
                    AssociationKind.ATTRIBUTE,
                    attribute,
                    when(length(trim(value)).gt(0), value).otherwise(lit(Group.MISSING))));
        }

        return filter(
                array(all.toArray(Column[]::new)), one -> one.getField("group").isNotNull());
    }

    private static Column membership(AssociationKind kind, String attribute, Column group) {
        return struct(lit(name(kind)).as("kind"), lit(attribute).as("attribute"), group.as("group"));
    }

    private static Dataset<Row> exploded(Dataset<Row> signatures, Column... others) {
        List<Column> columns = new ArrayList<>(List.of(others));
        columns.add(explode(col("memberships")).as("membership"));
        return signatures
                .select(columns.toArray(Column[]::new))
                .select(col("*"), col("membership.*"))
                .drop("membership");
    }

    /** Those that are large enough and stand against enough others. Of errors the right ones would only mirror the wrong. */
    private Map<Key, Groups> groups(Dataset<Row> signatures) {
        int least = plan.statistics().minGroup();
        Column all = sum("n").over(Window.partitionBy("kind", "attribute"));
        Map<Key, Groups> groups = new HashMap<>();
        exploded(signatures, col("n"))
                .groupBy("kind", "attribute", "group")
                .agg(sum("n").as("n"))
                .withColumn("all", all)
                .where(col("n").geq(least).and(col("all").minus(col("n")).geq(least)))
                .where(col("group").notEqual(RIGHT).or(col("kind").notEqual(name(AssociationKind.ERROR))))
                .collectAsList()
                .forEach(row -> groups.computeIfAbsent(
                                new Key(kind(row.getString(0)), row.getString(1)),
                                key -> new Groups(row.getLong(4), new HashMap<>()))
                        .images
                        .put(row.getString(2), row.getLong(3)));
        return groups;
    }

    /** Per feature and attribute: in how many images it is active, and of each group how many of them and their ranks. */
    private Dataset<Row> sums(Dataset<Row> images, Dataset<Row> signatures, Map<Key, Groups> groups) {
        Column wanted = filter(
                arrays_zip(col("active"), col("maxima")),
                entry -> entry.getField("active").isin(features.toArray()));
        Dataset<Row> entries = images.withColumn("entry", explode(wanted))
                .select(
                        col("entry.active").as("feature"),
                        col("entry.maxima").as("activation"),
                        col("signature"),
                        col(flag(AssociationKind.LABEL)),
                        col(flag(AssociationKind.ERROR)),
                        col(flag(AssociationKind.ATTRIBUTE)));
        Dataset<Row> perSignature = entries.select(
                        col("feature"),
                        col("signature"),
                        ranks(AssociationKind.LABEL),
                        ranks(AssociationKind.ERROR),
                        ranks(AssociationKind.ATTRIBUTE))
                .groupBy("feature", "signature")
                .agg(
                        count(lit(1)).as("active"),
                        sum(ranked(AssociationKind.LABEL)).as(ranked(AssociationKind.LABEL)),
                        sum(ranked(AssociationKind.ERROR)).as(ranked(AssociationKind.ERROR)),
                        sum(ranked(AssociationKind.ATTRIBUTE)).as(ranked(AssociationKind.ATTRIBUTE)));
        Column own = when(col("kind").equalTo(name(AssociationKind.LABEL)), col(ranked(AssociationKind.LABEL)))
                .when(col("kind").equalTo(name(AssociationKind.ERROR)), col(ranked(AssociationKind.ERROR)))
                .otherwise(col(ranked(AssociationKind.ATTRIBUTE)));
        Dataset<Row> perGroup = exploded(perSignature.join(signatures.drop("n"), "signature"), perSignatureColumns())
                .groupBy("feature", "kind", "attribute", "group")
                .agg(sum("active").as("active"), sum(own).as("ranks"));
        // Only groups that are large enough are told one by one: of labels there may be very many.
        Column told = when(col("group").isin(names(groups)), struct(col("group"), col("active"), col("ranks")));
        return perGroup.groupBy("feature", "kind", "attribute")
                .agg(sum("active").as("all_active"), collect_list(told).as("groups"));
    }

    private static Column[] perSignatureColumns() {
        return new Column[] {
            col("feature"),
            col("active"),
            col(ranked(AssociationKind.LABEL)),
            col(ranked(AssociationKind.ERROR)),
            col(ranked(AssociationKind.ATTRIBUTE))
        };
    }

    private static Object[] names(Map<Key, Groups> groups) {
        return groups.values().stream()
                .flatMap(of -> of.images.keySet().stream())
                .distinct()
                .toArray();
    }

    /**
     * Twice the rank of an activation among those of the images that have this kind of group at all: with l of them at most as large
     * and e equal, {@code 2l − e + 1}.
     */
    private static Column ranks(AssociationKind kind) {
        WindowSpec byFeature = Window.partitionBy("feature").orderBy("activation");
        Column atMost = sum(flag(kind)).over(byFeature);
        Column equal = sum(flag(kind)).over(Window.partitionBy("feature", "activation"));
        return atMost.multiply(2).minus(equal).plus(1).multiply(col(flag(kind))).as(ranked(kind));
    }

    private static String ranked(AssociationKind kind) {
        return "ranks_of_" + name(kind);
    }

    private static String flag(AssociationKind kind) {
        return "has_" + name(kind);
    }

    private static String name(AssociationKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static AssociationKind kind(String name) {
        return AssociationKind.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
