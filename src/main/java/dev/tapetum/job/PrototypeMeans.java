package dev.tapetum.job;

import static org.apache.spark.sql.functions.avg;

import dev.tapetum.prototype.ActivationMaximisation;
import dev.tapetum.prototype.Generator;
import dev.tapetum.spec.CanonicalText;
import java.util.List;
import org.apache.spark.sql.Dataset;

/** What the rows of a run's drawings say of each method, class by class. */
final class PrototypeMeans {

    private PrototypeMeans() {}

    /**
     * The means over the seeds of each class, of each method.
     *
     * @param rows of the table {@code prototypes}, of one run
     */
    static List<PrototypeOutcome.Method> of(Dataset<?> rows, List<Generator> methods) {
        List<PrototypeOutcome.OfClass> all = rows
                .groupBy("method", "class_index")
                .agg(
                        avg("logit"),
                        avg("probability"),
                        avg("path_l1"),
                        avg("natural_l1"),
                        avg("other_l1"),
                        avg("path_spearman"),
                        avg("natural_spearman"),
                        avg("other_spearman"))
                .orderBy("method", "class_index")
                .collectAsList()
                .stream()
                .map(row -> new PrototypeOutcome.OfClass(
                        row.getString(0),
                        row.getInt(1),
                        row.getDouble(2),
                        row.getDouble(3),
                        row.getAs(4),
                        row.getAs(5),
                        row.getAs(6),
                        row.getAs(7),
                        row.getAs(8),
                        row.getAs(9)))
                .toList();
        Labels labels = Labels.of(methods);
        return methods.stream()
                .map(method -> new PrototypeOutcome.Method(
                        labels.of((Record) method),
                        method instanceof ActivationMaximisation,
                        all.stream()
                                .filter(one -> one.method().equals(CanonicalText.of((Record) method)))
                                .toList()))
                .toList();
    }
}
