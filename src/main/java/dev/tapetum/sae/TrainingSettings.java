package dev.tapetum.sae;

/**
 * How autoencoders are trained, whatever their objective.
 *
 * @param batch tokens of a step
 * @param tokens in all; the number of steps is {@code tokens / batch}
 * @param learningRate the largest one of Adam
 * @param warmUp steps over which the learning rate and the penalty grow from nothing
 * @param clip largest length of a step's whole gradient; longer ones are shortened to it
 * @param seed of what the first weights are drawn with
 */
public record TrainingSettings(int batch, long tokens, double learningRate, int warmUp, double clip, long seed) {

    public TrainingSettings {
        if (batch < 1) {
            throw new IllegalArgumentException("batch must be at least 1, not " + batch);
        }

        if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("learning-rate must be above 0, not " + learningRate);
        }

        if (warmUp < 0) {
            throw new IllegalArgumentException("warm-up must be at least 0, not " + warmUp);
        }

        if (tokens / batch <= warmUp) {
            throw new IllegalArgumentException("tokens must be enough for more steps than the warm-up's " + warmUp
                    + ", not only " + tokens / batch + " batches of " + batch);
        }

        if (!(clip > 0)) {
            throw new IllegalArgumentException("clip must be above 0, not " + clip);
        }
    }

    public long steps() {
        return tokens / batch;
    }

    public Schedule schedule() {
        return new Schedule(learningRate, warmUp, steps());
    }
}
