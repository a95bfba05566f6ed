package dev.tapetum.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import dev.tapetum.stats.WeightedMean;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Weighted means of numbers of images, by whatever groups them: sums over units by Spark, {@link WeightedMean} on the driver.
 *
 * @param keys columns that make a group
 * @param numbers columns whose means are wanted, never null
 * @param clustered whether several rows of a group may be of one unit
 */
record UnitMeans(List<String> keys, List<String> numbers, boolean clustered) {

    private static final String N = "n";
    private static final String UNITS = "units";
    private static final String W = "w";
    private static final String WW = "ww";

    UnitMeans {
        keys = List.copyOf(keys);
        numbers = List.copyOf(numbers);
    }

    /**
     * A row per group, in the order of the keys: these, and what {@link #n} and {@link #mean} read.
     *
     * @param rows keys, numbers, {@code weight} and {@code unit}
     */
    Dataset<Row> sums(Dataset<Row> rows) {
        Column[] groups = keys.stream().map(UnitMeans::named).toArray(Column[]::new);
        List<Column> ofGroup = new ArrayList<>(List.of(
                sum(N).as(N),
                count(lit(1)).as(UNITS),
                sum(W).as(W),
                sum(col(W).multiply(col(W))).as(WW)));
        for (String number : numbers) {
            Column y = named("y_" + number);
            ofGroup.add(sum(y).as("y_" + number));
            ofGroup.add(sum(col(W).multiply(y)).as("wy_" + number));
            ofGroup.add(sum(y.multiply(y)).as("yy_" + number));
        }

        return units(rows, groups)
                .groupBy(groups)
                .agg(ofGroup.get(0), ofGroup.subList(1, ofGroup.size()).toArray(Column[]::new))
                .orderBy(groups);
    }

    /** Per unit first, where units are of several images. */
    private Dataset<Row> units(Dataset<Row> rows, Column[] groups) {
        List<Column> sums = new ArrayList<>();
        Column weight = col("weight");
        for (String number : numbers) {
            Column y = weight.multiply(named(number));
            sums.add((clustered ? sum(y) : y).as("y_" + number));
        }

        if (!clustered) {
            Stream<Column> ofImage = Stream.of(lit(1L).as(N), weight.as(W));
            return rows.select(Stream.of(Stream.of(groups), ofImage, sums.stream())
                    .flatMap(columns -> columns)
                    .toArray(Column[]::new));
        }

        sums.add(0, sum(weight).as(W));
        return rows.groupBy(
                        Stream.concat(Stream.of(groups), Stream.of(col("unit"))).toArray(Column[]::new))
                .agg(count(lit(1)).as(N), sums.toArray(Column[]::new));
    }

    /** Rows behind the means of a group. */
    static long n(Row sums) {
        return sums.getAs(N);
    }

    /** The mean of one of the numbers in a group. */
    static WeightedMean mean(Row sums, String number) {
        return new WeightedMean(
                sums.<Long>getAs(UNITS),
                sums.<Double>getAs(W),
                sums.<Double>getAs("y_" + number),
                sums.<Double>getAs(WW),
                sums.<Double>getAs("wy_" + number),
                sums.<Double>getAs("yy_" + number));
    }

    private static Column named(String name) {
        return col("`" + name + "`");
    }
}
