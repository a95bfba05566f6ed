package dev.tapetum.report;

import dev.tapetum.table.RejectRow;
import dev.tapetum.table.RejectStage;
import java.util.List;

/**
 * The images that were rejected for one reason.
 *
 * @param stage the step that refused them
 * @param reason the kind of defect, in kebab case
 * @param images how many there are
 * @param examples a few of them
 */
public record RejectCount(RejectStage stage, String reason, long images, List<RejectRow> examples) {
    public RejectCount {
        examples = List.copyOf(examples);

        if (images < examples.size()) {
            throw new IllegalArgumentException(
                    "Reason " + reason + " has " + images + " images but " + examples.size() + " examples");
        }
    }
}
