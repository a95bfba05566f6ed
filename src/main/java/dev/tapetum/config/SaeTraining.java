package dev.tapetum.config;

import dev.tapetum.sae.Objective;
import dev.tapetum.sae.TrainingSettings;
import dev.tapetum.table.MapEncoding;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How {@code sae train} harvests activations and trains autoencoders on them.
 *
 * @param tap name of the tap whose tokens are learnt; null for the model's last one
 * @param output folder of what is harvested and trained; null for {@code sae} in the run's output
 * @param tokensPerImage drawn from each image; null for all of its grid
 * @param encoding of harvested tokens
 * @param heldOut share of the images on which the autoencoders are judged and not trained, above 0 and below 1
 * @param objectives what is trained, all different, on one pass over the tokens
 * @param batch tokens of a step
 * @param tokens in all that training sees; a harvest with fewer is seen more than once
 * @param learningRate the largest one of Adam
 * @param warmUp steps over which the learning rate and the penalty grow from nothing
 * @param clip largest length of a step's whole gradient
 * @param checkpoint steps after which a stopped training can be gone on with, at least 1
 * @param tasks over how many tasks of Spark the objectives are dealt, at least 1; each has a device and reads the harvest itself
 * @param judgedImages held-out images on which autoencoders are judged at most, about; at least 1
 */
public record SaeTraining(
        @Nullable String tap,
        @Nullable String output,
        @Nullable Integer tokensPerImage,
        MapEncoding encoding,
        double heldOut,
        List<Objective> objectives,
        int batch,
        long tokens,
        double learningRate,
        int warmUp,
        double clip,
        int checkpoint,
        int tasks,
        int judgedImages)
        implements Serializable {

    public SaeTraining {
        Require.that(
                tokensPerImage == null || tokensPerImage >= 1,
                "tokens-per-image must be at least 1, not " + tokensPerImage + "; null takes all of them");
        Require.that(heldOut > 0 && heldOut < 1, "held-out must be above 0 and below 1, not " + heldOut);
        objectives = List.copyOf(objectives);
        Require.that(!objectives.isEmpty(), "objectives must name at least one, such as top-k");
        Require.noDuplicates("objectives", objectives);
        Require.that(checkpoint >= 1, "checkpoint must be at least 1, not " + checkpoint);
        Require.that(tasks >= 1, "tasks must be at least 1, not " + tasks);
        Require.that(judgedImages >= 1, "judged-images must be at least 1, not " + judgedImages);
        // Refuses what no training can be done with.
        new TrainingSettings(batch, tokens, learningRate, warmUp, clip, 0);
    }

    /** What the trainer needs of it. */
    public TrainingSettings settings(long seed) {
        return new TrainingSettings(batch, tokens, learningRate, warmUp, clip, seed);
    }
}
