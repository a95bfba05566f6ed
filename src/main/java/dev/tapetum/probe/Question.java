package dev.tapetum.probe;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A probe and what is to be made of its answer.
 *
 * @param along asks also for the directional derivative {@code ⟨g, along⟩} of an input gradient or another field
 * @param contributions sums on the device that the field goes into
 */
public record Question(Probe probe, @Nullable Difference along, List<Contribution> contributions) {

    public Question {
        Objects.requireNonNull(probe, "probe");
        contributions = List.copyOf(contributions);
        boolean usesGradient = along != null || !contributions.isEmpty();
        if (usesGradient && !(probe.ask() instanceof Ask.Field)) {
            throw new IllegalArgumentException(
                    "Only an input gradient or a rule's field has a derivative and contributions: " + probe);
        }
    }

    /** A probe whose answer is read as it is. */
    public static Question of(Probe probe) {
        return new Question(probe, null, List.of());
    }
}
