package dev.tapetum.job;

import dev.tapetum.model.ModelCard;
import java.util.List;

/**
 * A plan that a run would accept, and what is known of it by then.
 *
 * @param model what the bundle says of the model
 * @param images how many images were listed, before a sample is drawn
 * @param origin where, in words
 * @param remarks what the user ought to see but what stops nothing
 */
public record CheckedPlan(ModelCard model, long images, String origin, List<String> remarks) {
    public CheckedPlan {
        remarks = List.copyOf(remarks);
    }
}
