package dev.tapetum.sae;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a learner needs to go on as if it had never stopped: weights, the moments of Adam, silent tokens of each latent, the
 * running threshold.
 *
 * @param step number of steps that were taken
 * @param tensors by the names that the learner gives them
 */
public record LearnerState(long step, SortedMap<String, Tensor> tensors) {

    public LearnerState {
        tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
    }
}
