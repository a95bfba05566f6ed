package dev.tapetum.job;

import dev.tapetum.model.ModelCard;
import java.util.List;

/**
 * A plan that an audit would carry out.
 *
 * @param model what the bundle says of the model
 * @param images how many images the dataset has, before a sample is drawn
 * @param origin where they are
 * @param drawn on how many images of each group interventions would run, the whole first; none without interventions
 * @param remarks what stops nothing, and is worth knowing
 */
public record CheckedPlan(ModelCard model, long images, String origin, List<DrawnGroup> drawn, List<String> remarks) {
    public CheckedPlan {
        drawn = List.copyOf(drawn);
        remarks = List.copyOf(remarks);
    }
}
