package dev.tapetum.intervention;

import dev.tapetum.probe.Region;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an editor makes of one image: the steps, and how to tell whether they did what they should.
 *
 * @param edits the steps, their strengths rising; empty when the image has nothing that the editor could change, such as no
 *     mask
 * @param region where alone the image may change; null when it may everywhere
 * @param gauge what must move as the strength rises; null when nothing that is measured on pixels says it
 */
public record EditSequence(
        List<Edit> edits, @Nullable Region region, @Nullable Gauge gauge) {

    /** Of an image that the editor cannot change. */
    public static final EditSequence NONE = new EditSequence(List.of(), null, null);

    public EditSequence {
        edits = List.copyOf(edits);
        for (int i = 1; i < edits.size(); i++) {
            if (!(edits.get(i).strength() > edits.get(i - 1).strength())) {
                throw new IllegalArgumentException("The strengths of an intervention rise, and do not go from "
                        + edits.get(i - 1).strength() + " to " + edits.get(i).strength());
            }
        }
    }
}
