package dev.tapetum.sae;

import dev.tapetum.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the training of several autoencoders stands, in memory or as one file of tensors: {@code step}, and {@code 0/NAME},
 * {@code 1/NAME}, … for the tensors of each learner.
 *
 * @param step number of steps taken
 * @param states of the learners, in their order
 */
public record Checkpoint(long step, List<LearnerState> states) {

    private static final String STEP = "step";

    public Checkpoint {
        states = List.copyOf(states);
        for (LearnerState state : states) {
            if (state.step() != step) {
                throw new IllegalArgumentException("A learner took " + state.step() + " steps in place of " + step);
            }
        }
    }

    /**
     * Writes the file, which replaces another one at once.
     *
     * @throws UserError if it cannot be written
     */
    public void write(Path file) {
        SortedMap<String, Tensor> all = new TreeMap<>();
        all.put(STEP, Tensor.Longs.of(step));
        for (int i = 0; i < states.size(); i++) {
            String prefix = i + "/";
            states.get(i).tensors().forEach((name, tensor) -> all.put(prefix + name, tensor));
        }

        try {
            Safetensors.write(file, all);
        } catch (IOException e) {
            throw new UserError(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a file that {@link #write} has written.
     *
     * @throws UserError if it is something else
     */
    public static Checkpoint read(Path file) {
        SortedMap<String, Tensor> all = Safetensors.read(file);
        if (!(all.remove(STEP) instanceof Tensor.Longs longs) || longs.values().length != 1) {
            throw new UserError(file + " is no checkpoint of a training; delete it to start from the beginning");
        }

        long step = longs.values()[0];
        List<LearnerState> states = new ArrayList<>();
        while (true) {
            String prefix = states.size() + "/";
            SortedMap<String, Tensor> own = new TreeMap<>();
            all.forEach((name, tensor) -> {
                if (name.startsWith(prefix)) {
                    own.put(name.substring(prefix.length()), tensor);
                }
            });
            if (own.isEmpty()) {
                return new Checkpoint(step, states);
            }

            states.add(new LearnerState(step, own));
        }
    }
}
