package dev.tapetum.job;

import dev.tapetum.config.PlanFile;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;

/**
 * Looks, before the device work, whether the dataset's labels are classes of the model: a spelling that fits no class would
 * otherwise be found in the morning, as accuracies of nothing.
 */
record LabelCheck(PlanFile file, Consumer<String> remarks) {

    /**
     * Refuses labels of which none is a class, by name or index, and remarks on those that are not.
     *
     * @param images with a column {@code label}
     * @param labelled how many of them have a label
     */
    void check(Dataset<?> images, long labelled, List<String> classes) {
        if (labelled == 0) {
            return;
        }

        Column label = functions.col("label");
        Column named = label.isin(classes.toArray());
        Column numbered = label.rlike("^[0-9]{1,9}$").and(label.cast("int").lt(classes.size()));
        long unknown = images.filter(label.isNotNull().and(functions.not(named.or(numbered))))
                .count();
        if (unknown == labelled) {
            throw file.error(
                    "dataset.label",
                    "none of the " + labelled + " labels is a class of the model, by name or index; its classes are "
                            + String.join(", ", classes.subList(0, Math.min(classes.size(), 10)))
                            + (classes.size() > 10 ? ", ..." : ""));
        }

        if (unknown > 0) {
            remarks.accept(
                    unknown + " of " + labelled + " labels are no class of the model; their images are scored, but"
                            + " count in no rate that needs a label");
        }
    }
}
